import type { DoctorReport, PersonPath } from '@enxame/shared/engine/doctor';
import type { doctorCalls } from '@enxame/shared/engine/doctor-calls';
import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { ScenarioEngine } from './scenario.js';

export const noDoctor: DoctorReport = { running: false, checkedAt: null, checks: [], paths: [] };

const direct = { path: 'direct', outcome: 'silent' } as const;

/** A computer behind a router that opens nothing, as it was looked at two minutes ago. */
export function makeDoctorReport(
  { people, status }: Pick<ScenarioEngine, 'people' | 'status'>,
  now: number,
): DoctorReport {
  const others = people.filter(({ online, id }) => online && id !== status.user?.id);
  const paths = others.map((person, index): PersonPath => {
    const about = { userId: person.id, userName: person.name, error: null };
    if (index === 0) {
      const ways: PersonPath['ways'] = [{ path: 'lan', outcome: 'used' }, { path: 'direct', outcome: 'not-needed' }, { path: 'reverse', outcome: 'not-needed' }, { path: 'punched', outcome: 'not-needed' }, { path: 'relay', outcome: 'not-needed' }]; // prettier-ignore
      return { ...about, state: 'reached', path: 'lan', delayMs: 0.6, ways };
    }
    if (index === 1) {
      const ways: PersonPath['ways'] = [{ path: 'lan', outcome: 'no-address' }, direct, { path: 'reverse', outcome: 'silent' }, { path: 'punched', outcome: 'silent' }, { path: 'relay', outcome: 'used' }]; // prettier-ignore
      return { ...about, state: 'reached', path: 'relay', delayMs: 86, ways };
    }
    if (index === 2) {
      const error = { code: 'nothing-shared' as const, params: { name: person.name } };
      return { ...about, state: 'nothing', path: null, delayMs: null, ways: [], error };
    }
    const ways: PersonPath['ways'] = [{ path: 'lan', outcome: 'no-address' }, { path: 'direct', outcome: 'used' }, { path: 'reverse', outcome: 'not-needed' }, { path: 'punched', outcome: 'not-needed' }, { path: 'relay', outcome: 'not-needed' }]; // prettier-ignore
    return { ...about, state: 'reached', path: 'direct', delayMs: 14, ways };
  });
  const error = null;
  return {
    running: false,
    checkedAt: now - 2 * 60_000,
    checks: [
      { id: 'tracker', state: 'pass', facts: { delayMs: 11 }, error },
      { id: 'reach', state: 'warn', facts: { port: 41_820, host: '192.168.1.42' }, error },
      { id: 'router', state: 'warn', facts: { router: 'silent', port: 41_820, host: '192.168.1.42' }, error },
      { id: 'relay', state: 'pass', facts: {}, error },
      { id: 'ipv6', state: 'note', facts: {}, error },
      { id: 'clock', state: 'pass', facts: { clockAheadMs: 200 }, error },
      { id: 'disk', state: 'pass', facts: { writeBytesPerSecond: 410e6, freeBytes: 611e9 }, error },
      { id: 'processor', state: 'pass', facts: { hashBytesPerSecond: 1.6e9, cipherBytesPerSecond: 2.4e9 }, error },
    ],
    paths,
  };
}

export function createDoctorHandlers(
  scenario: Pick<ScenarioEngine, 'doctor' | 'setDoctor' | 'people' | 'status'>,
  now: number,
): Pick<EngineHandlers, keyof typeof doctorCalls> {
  return {
    'doctor:get': () => scenario.doctor,
    'doctor:check': () => {
      scenario.setDoctor(makeDoctorReport(scenario, now));
      return scenario.doctor;
    },
    'doctor:measure': () => ({
      path: 'lan',
      networkBytesPerSecond: 48.2e6,
      diskBytesPerSecond: 410e6,
      processorBytesPerSecond: 960e6,
      limit: 'network',
    }),
  };
}
