import { networkInterfaces } from 'node:os';
import type { CheckId, DoctorCheck, RouterState } from '@enxame/shared/engine/doctor';
import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { ReplyOf } from '@enxame/shared/messages/request-table';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { TrackerRequests } from '@enxame/shared/tracker/requests';
import { toPathKind } from '../peer/paths/path-kind.js';
import type { TrackerSession } from '../tracker/tracker-session.js';
import { probeDisk } from './disk-probe.js';
import { probeProcessor } from './processor-probe.js';

export interface ComputerDeps {
  readonly session: () => TrackerSession | undefined;
  readonly addresses: () => readonly DeviceAddress[];
  readonly port: () => number;
  readonly router: () => RouterState;
  readonly downloadsFolder: () => string;
  /** Milliseconds that are never set back. */
  readonly monotonic: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

type Told = ReplyOf<TrackerRequests, 'reach:check'> & { readonly delayMs: number };
export type Finding = Omit<DoctorCheck, 'id'>;

/** Tickets are good for hours, receipts carry a time: half a minute harms nobody. */
const clockMayBeOffMs = 30_000;
/** A tenth of a gigabit line: below it, other things than the network hold transfers up. */
const slowDiskBytesPerSecond = 20e6;
const slowProcessorBytesPerSecond = 60e6;

const found = (state: Finding['state'], facts: Finding['facts'] = {}): Finding => ({ state, facts, error: null });

/** Looks at this computer; each finding is told as soon as it is there. */
export async function checkComputer(deps: ComputerDeps, tell: (id: CheckId, finding: Finding) => void): Promise<void> {
  await Promise.all([askTracker(deps, tell), lookHere(deps, tell)]);
}

async function askTracker(deps: ComputerDeps, tell: (id: CheckId, finding: Finding) => void): Promise<void> {
  const here = { port: deps.port(), ...ownHost(deps.addresses()) };
  const router = deps.router();
  try {
    const told = await hearTracker(deps);
    const isMet = told.reached.length > 0;
    tell('tracker', found('pass', { delayMs: told.delayMs }));
    tell('reach', toReach(told, here));
    tell('router', toRouter(router, isMet, here));
    tell('relay', found(told.relays ? 'pass' : 'note'));
    // The answer was half of the way old when it came.
    const clockAheadMs = deps.now() - told.delayMs / 2 - told.now;
    tell('clock', found(Math.abs(clockAheadMs) > clockMayBeOffMs ? 'warn' : 'pass', { clockAheadMs }));
  } catch (error) {
    const info = toErrorInfo(error);
    tell('tracker', { state: 'fail', facts: {}, error: info });
    tell('router', toRouter(router, false, here));
    for (const id of ['reach', 'relay', 'clock'] as const) tell(id, { state: 'note', facts: {}, error: info });
  }
}

/** The dialling takes the time of the answer: how far the tracker is, an answer without work tells. */
async function hearTracker({ session, monotonic }: ComputerDeps): Promise<Told> {
  const open = session();
  if (!open) throw new EnxameError('tracker-offline');
  const startedAt = monotonic();
  await open.request('session:challenge', {});
  const delayMs = monotonic() - startedAt;
  return { ...(await open.request('reach:check', {})), delayMs };
}

function toReach(told: Told, here: Finding['facts']): Finding {
  const kind = toPathKind({ host: told.seenHost, port: 1 });
  if (kind !== 'direct') return found(told.reached.length > 0 ? 'pass' : 'warn', { ...here, isTrackerNear: true });
  return found(told.reached.length > 0 ? 'pass' : 'warn', here);
}

/** A router that opens no port is nothing to mend where others come in anyway. */
function toRouter(router: RouterState, isMet: boolean, here: Finding['facts']): Finding {
  if (router === 'mapped') return found('pass', { router });
  if (router === 'off' || router === 'asking' || isMet) return found('note', { router });
  return found('warn', { ...here, router });
}

async function lookHere(deps: ComputerDeps, tell: (id: CheckId, finding: Finding) => void): Promise<void> {
  tell('ipv6', found(hasOpenIpv6() ? 'pass' : 'note'));
  tell('processor', await checkProcessor(deps));
  tell('disk', await checkDisk(deps));
}

async function checkProcessor({ monotonic }: ComputerDeps): Promise<Finding> {
  const rates = await probeProcessor(monotonic);
  const isSlow = Math.min(rates.hashBytesPerSecond, rates.cipherBytesPerSecond) < slowProcessorBytesPerSecond;
  return found(isSlow ? 'warn' : 'pass', { ...rates });
}

async function checkDisk({ downloadsFolder, monotonic }: ComputerDeps): Promise<Finding> {
  try {
    const probe = await probeDisk(downloadsFolder(), monotonic);
    return found(probe.writeBytesPerSecond < slowDiskBytesPerSecond ? 'warn' : 'pass', { ...probe });
  } catch (error) {
    return { state: 'fail', facts: {}, error: toErrorInfo(error) };
  }
}

/** An address of the open IPv6 network; whether anything answers there, only a try would tell. */
function hasOpenIpv6(): boolean {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.some(
    ({ family, address, internal }) =>
      family === 'IPv6' && !internal && toPathKind({ host: address, port: 1 }) === 'direct',
  );
}

/** Where a router is to send what comes to its port. */
function ownHost(addresses: readonly DeviceAddress[]): { readonly host?: string } {
  const inner = addresses.find((address) => toPathKind(address) === 'lan' && !address.host.includes(':'));
  return inner ? { host: inner.host } : {};
}
