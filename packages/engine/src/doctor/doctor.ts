/**
 * How this computer is connected: what it can do, by which path each person online is reached, and why not by a better
 * one. Owns the report of the last check. Order of calls: `check` (again joins the one under way), `report`, `measure`
 * at any time, `close`.
 */
import { checkIds, maxPathsChecked, type DoctorReport, type PersonPath } from '@enxame/shared/engine/doctor';
import { EnxameError, isErrorWithCode, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { UserId } from '@enxame/shared/ids';
import type { Person } from '@enxame/shared/tracker/person';
import type { SpeedProbe } from '@enxame/shared/engine/doctor';
import type { Logger } from 'pino';
import { checkComputer, type ComputerDeps } from './computer-checks.js';
import { probeDisk } from './disk-probe.js';
import { measureNetwork, toSpeedProbe } from './measure-speed.js';
import { probeProcessor } from './processor-probe.js';
import { measureDelay, reachPerson, type ReachDeps } from './reach-person.js';

export interface DoctorDeps extends ComputerDeps, Omit<ReachDeps, 'now'> {
  readonly people: () => readonly Person[];
  readonly ownUserId: () => UserId | undefined;
  readonly onChange: (report: DoctorReport) => void;
  readonly logger: Logger;
}

export interface Doctor {
  readonly report: DoctorReport;
  check(): DoctorReport;
  /** Throws `person-not-found`, `rate-limited` while another is under way, and as `reachPerson` and the probes. */
  measure(userId: UserId): Promise<SpeedProbe>;
  /** Ends what is under way. Twice without harm. */
  close(): Promise<void>;
}

/** Each is a connection or some; a family is looked at in a few seconds. */
const pathsAtOnce = 4;

export function createDoctor(deps: DoctorDeps): Doctor {
  const end = new AbortController();
  const reachDeps: ReachDeps = { ...deps, now: deps.monotonic };
  let report: DoctorReport = { running: false, checkedAt: null, checks: [], paths: [] };
  let running: Promise<void> = Promise.resolve();
  let isMeasuring = false;

  function set(change: Partial<DoctorReport>): void {
    report = { ...report, ...change };
    if (!end.signal.aborted) deps.onChange(report);
  }

  function setPath(path: PersonPath): void {
    set({ paths: report.paths.map((one) => (one.userId === path.userId ? path : one)) });
  }

  async function checkPerson(person: Person): Promise<void> {
    let ways: PersonPath['ways'] = [];
    const about = { userId: person.id, userName: person.name };
    try {
      const reached = await reachPerson(
        person,
        reachDeps,
        end.signal,
        async (one) => ({ path: one.connection.pathKind, delayMs: await measureDelay(one, deps.monotonic) }),
        (tried) => (ways = tried),
      );
      setPath({ ...about, ...reached, state: 'reached', ways, error: null });
    } catch (error) {
      const state = isErrorWithCode(error, 'nothing-shared') ? 'nothing' : 'failed';
      setPath({ ...about, state, path: null, delayMs: null, ways, error: toErrorInfo(error) });
    }
  }

  async function run(people: readonly Person[]): Promise<void> {
    const waiting = [...people];
    const lane = async (): Promise<void> => {
      for (let person = waiting.shift(); person && !end.signal.aborted; person = waiting.shift()) {
        await checkPerson(person);
      }
    };
    const computer = checkComputer(deps, (id, finding) => {
      set({ checks: report.checks.map((one) => (one.id === id ? { id, ...finding } : one)) });
    });
    await Promise.all([computer, ...Array.from({ length: pathsAtOnce }, lane)]);
  }

  return {
    get report() {
      return report;
    },
    check: () => {
      if (report.running || end.signal.aborted) return report;
      const own = deps.ownUserId();
      const people = deps.people().filter(({ online, id }) => online && id !== own).slice(0, maxPathsChecked); // prettier-ignore
      set({
        running: true,
        checks: checkIds.map((id) => ({ id, state: 'checking', facts: {}, error: null })),
        paths: people.map(({ id, name }) => ({ userId: id, userName: name, state: 'checking', path: null, delayMs: null, ways: [], error: null })), // prettier-ignore
      });
      running = run(people)
        .catch((error: unknown) => {
          deps.logger.error({ err: error }, 'the check of the connection failed');
        })
        .finally(() => {
          set({ running: false, checkedAt: deps.now() });
        });
      return report;
    },
    measure: async (userId) => {
      const person = deps.people().find(({ id }) => id === userId);
      if (!person) throw new EnxameError('person-not-found');
      if (isMeasuring) throw new EnxameError('rate-limited');
      isMeasuring = true;
      try {
        const { path, rate } = await reachPerson(person, reachDeps, end.signal, async (one) => ({
          path: one.connection.pathKind,
          rate: await measureNetwork(one, deps.monotonic),
        }));
        const processor = await probeProcessor(deps.monotonic);
        return toSpeedProbe(path, rate, await probeDisk(deps.downloadsFolder(), deps.monotonic), processor);
      } finally {
        isMeasuring = false;
      }
    },
    close: async () => {
      end.abort();
      await running;
    },
  };
}
