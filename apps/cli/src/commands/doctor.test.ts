import type { DoctorReport } from '@enxame/shared/engine/doctor';
import { describe, expect, it } from 'vitest';
import { userId } from '../testing/fake-engine.js';
import { runningEngine, runWith } from '../testing/run-with.js';

const known = { verifiedAt: null, keyChanged: false, blocked: false, note: '' };
const person = { id: userId, name: 'Rui', online: true, lastSeenAt: null, entries: 1, ...known };
const people = { 'people:list': () => ({ total: 1, people: [person] }) };
const report: DoctorReport = {
  running: false,
  checkedAt: 0,
  checks: [{ id: 'tracker', state: 'pass', facts: { delayMs: 3 }, error: null }],
  paths: [
    {
      userId,
      userName: 'Rui',
      state: 'reached',
      path: 'lan',
      delayMs: 1,
      ways: [{ path: 'lan', outcome: 'used' }],
      error: null,
    },
  ],
};
const doctor = (found: DoctorReport) => ({ ...people, 'doctor:check': () => found, 'doctor:get': () => found });

describe('doctor', () => {
  it('says what was found, and who is who', async () => {
    const { out, exitCode } = await runWith('doctor', runningEngine(doctor(report)));
    expect(exitCode).toBe(0);
    expect(out).toContain('tracker: pass delayMs=3');
    expect(out).toContain('person 1: reached path=lan delayMs=1.0 lan:used');
    expect(out).toMatch(/person 1\s+Rui/);
    expect((await runWith('doctor --json', runningEngine(doctor(report)))).json()).toMatchObject({ checkedAt: 0 });
  });

  it('fails when somebody cannot be reached', async () => {
    const failed = { ...report, paths: report.paths.map((path) => ({ ...path, state: 'failed' as const })) };
    expect((await runWith('doctor', runningEngine(doctor(failed)))).exitCode).toBe(1);
  });

  it('--measure says how fast bytes come, and what the limit is', async () => {
    const asked: unknown[] = [];
    const engines = runningEngine({
      ...people,
      'doctor:measure': (payload) => {
        asked.push(payload);
        return { path: 'lan', networkBytesPerSecond: 48.2e6, diskBytesPerSecond: 4e8, processorBytesPerSecond: 9e8, limit: 'network' }; // prettier-ignore
      },
    });
    const { out } = await runWith('doctor --measure rui', engines);
    expect(out).toContain('48.2 MB/s (lan)');
    expect(out).toContain('limit: network');
    expect(asked).toEqual([{ userId }]);
    expect((await runWith('doctor --measure nobody --json', engines)).json()).toMatchObject({
      error: { code: 'person-not-found' },
    });
  });
});
