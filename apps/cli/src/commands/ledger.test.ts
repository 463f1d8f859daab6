import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { HistoryRecord } from '@enxame/shared/engine/history';
import type { Limits, LimitsStatus } from '@enxame/shared/engine/limits';
import type { VerifyStatus } from '@enxame/shared/engine/verify';
import { createMemoryCarrierPair } from '@enxame/shared/engine/memory-carrier';
import { transferIdSchema } from '@enxame/shared/ids';
import { describe, expect, it } from 'vitest';
import { contentId, createFakeEngine, userId } from '../testing/fake-engine.js';
import { noEngines, runningEngine, runWith } from '../testing/run-with.js';
import { parseRate, parseRule } from './limit-flags.js';

const unlimited = { send: null, receive: null };
const noLimits: Limits = { always: unlimited, schedule: [], people: [], uploadSlots: 10, downloadSlots: 4 };

/** An engine that keeps the limits it is given. */
function limited(first: Partial<Limits> = {}) {
  let limits: Limits = { ...noLimits, ...first };
  const changes: unknown[] = [];
  const status = (): LimitsStatus => ({ limits, inForce: limits.always, changesAt: null });
  const person = {
    id: userId,
    name: 'Rui',
    online: true,
    lastSeenAt: null,
    entries: 1,
    verifiedAt: null,
    keyChanged: false,
    blocked: false,
    note: '',
  };
  const engines = runningEngine({
    'limits:get': status,
    'limits:set': (change) => {
      changes.push(change);
      limits = { ...limits, ...(change as Partial<Limits>) };
      return status();
    },
    'people:list': () => ({ total: 1, people: [person] }),
  });
  return { engines, changes };
}

describe('limits', () => {
  it('are shown, and nothing is set', async () => {
    const { engines, changes } = limited({ always: { send: 2_000_000, receive: null } });
    const { out, exitCode } = await runWith('limits', engines);
    expect([exitCode, changes]).toEqual([0, []]);
    expect(out).toContain('send 2 MB/s, receive as fast as it goes');
    expect((await runWith('limits --json', engines)).json()).toMatchObject({
      limits: { uploadSlots: 10 },
      changesAt: null,
    });
  });

  it('are set one by one; the others stay', async () => {
    const { engines, changes } = limited({ always: { send: null, receive: 5000 } });
    await runWith('limits --send 2MB/s --slots 3', engines);
    expect(changes).toEqual([{ always: { send: 2_000_000, receive: 5000 }, uploadSlots: 3 }]);
    await runWith('limits --receive off', engines);
    expect(changes[1]).toEqual({ always: { send: 2_000_000, receive: null } });
  });

  it('of a person are for somebody of the network, and gone when they limit nothing', async () => {
    const { engines, changes } = limited();
    await runWith('limits --person RUI --send 1MB/s', engines);
    const rui = { userId, name: 'Rui', limits: { send: 1_000_000, receive: null } };
    expect(changes).toEqual([{ people: [rui] }]);
    await runWith('limits --person rui --send off', engines);
    expect(changes[1]).toEqual({ people: [] });
    const result = await runWith('limits --person Nobody --send 1MB/s --json', engines);
    expect(result.json()).toMatchObject({ error: { code: 'flag-invalid' } });
  });

  it.each([
    ['2MB/s', 2_000_000],
    ['1.5kB', 1500],
    ['1MiB/s', 1_048_576],
    ['OFF', 'off'],
  ])('a rate is written %s', (text, rate) => {
    expect(parseRate(text)).toBe(rate);
  });
  it.each(['2', 'fast', '1kB/h', '-1MB', '10B', '9999999999999MB'])('%s is no rate', (text) => {
    expect(() => parseRate(text)).toThrow();
  });

  it('a rule is written as days, hours and rates', () => {
    expect(parseRule('mon-fri 09:00-17:30 send=500kB/s')).toEqual({
      days: [1, 2, 3, 4, 5],
      fromMinute: 540,
      toMinute: 1050,
      limits: { send: 500_000, receive: null },
    });
    expect(parseRule('fri-sun,tue 22:00-06:00 send=off receive=1MB').days).toEqual([0, 2, 5, 6]);
    expect(parseRule('daily 00:00-24:00 receive=1MB')).toMatchObject({ fromMinute: 0, toMinute: 1440 });
  });
  it.each([
    'mon 9:00-17:00 send=1MB',
    'xyz 09:00-17:00 send=1MB',
    'mon 09:00-24:01 send=1MB',
    'mon 09:00-10:00',
    'mon',
  ])('%j is no rule', (text) => {
    expect(() => parseRule(text)).toThrow();
  });
});

const record: HistoryRecord = {
  id: transferIdSchema.parse('a'),
  direction: 'send',
  result: 'received',
  contentId,
  name: 'video.mkv',
  size: 1000,
  files: null,
  personName: 'Rui',
  deviceId: null,
  userId: null,
  startedAt: 0,
  finishedAt: 0,
  bytesMoved: 1000,
  path: null,
  sha256: null,
  receipt: null,
  error: null,
};

describe('history', () => {
  it('is listed, all pages of it, as it was asked for', async () => {
    const asked: unknown[] = [];
    const total = 450;
    const engines = runningEngine({
      'history:list': (query) => {
        asked.push(query);
        const count = Math.min(query.limit, total - query.offset);
        const records = Array.from({ length: count }, (_, index) => ({
          ...record,
          id: transferIdSchema.parse(`a${String(query.offset + index)}`),
        }));
        return { total, records };
      },
    });
    const result = await runWith('history video --sent --json', engines);
    expect((result.json() as { records: unknown[] }).records).toHaveLength(450);
    expect(asked).toMatchObject([
      { text: 'video', direction: 'send', offset: 0, limit: 200 },
      { offset: 200 },
      { offset: 400 },
    ]);
    const { out } = await runWith('history --limit 1', engines);
    expect(out).toContain('Sent, received and verified there');
    expect(out).toContain('1 of 450');
    expect((await runWith('history --sent --received', engines)).exitCode).toBe(1);
  });

  it('is written where the person says, as the extension says', async () => {
    const asked: unknown[] = [];
    const engines = runningEngine({
      'history:export': (payload) => {
        asked.push(payload);
        return { path: payload.path, records: 3 };
      },
    });
    const { out } = await runWith('history --export out.csv', engines);
    await runWith('history --received --export /tmp/x.jsonl', engines);
    expect(out).toBe('3 records written to /home/ana/folder/out.csv');
    expect(asked).toMatchObject([
      { format: 'csv', text: '' },
      { format: 'jsonl', path: '/tmp/x.jsonl', direction: 'receive' },
    ]);
  });
});

const checked: VerifyStatus = {
  running: false,
  startedAt: 5,
  finishedAt: 6,
  filesTotal: 2,
  filesDone: 2,
  bytesTotal: 2000,
  bytesDone: 2000,
  brokenCount: 0,
  broken: [],
};

function verifying(end: Partial<VerifyStatus>) {
  const calls: string[] = [];
  const handlers: Partial<EngineHandlers> = {
    'verify:start': () => {
      calls.push('start');
      return { ...checked, running: true };
    },
    'verify:get': () => {
      setImmediate(() => {
        host.broadcast('verify:changed', { ...checked, startedAt: 4 }); // of the one before
        host.broadcast('verify:changed', { ...checked, ...end });
      });
      return { ...checked, running: true, filesDone: 0 };
    },
    'verify:stop': () => {
      calls.push('stop');
      return checked;
    },
  };
  const host = createFakeEngine(handlers);
  const engines = {
    ...noEngines,
    dial: () => {
      const [ours, theirs] = createMemoryCarrierPair();
      host.accept(theirs);
      return Promise.resolve(ours);
    },
  };
  return { engines, calls };
}

describe('verify', () => {
  it('waits for the end, and says that all is well', async () => {
    const { engines } = verifying({});
    const { exitCode, out } = await runWith('verify', engines);
    expect([exitCode, out]).toEqual([0, '2 files checked (2 kB).\nAll of it is what it was.']);
  });

  it('fails when something is not what it was, and names it', async () => {
    const broken = [{ path: '/a/b', contentId, error: { code: 'file-changed', params: { name: 'b' } } as const }];
    const { engines } = verifying({ brokenCount: 1, broken });
    const result = await runWith('verify --json', engines);
    expect([result.exitCode, result.json()]).toMatchObject([1, { brokenCount: 1, broken: [{ path: '/a/b' }] }]);
    expect((await runWith('verify', engines)).out).toContain('/a/b');
  });

  it('stops with the program', async () => {
    const { engines, calls } = verifying({ running: true });
    const stop = new AbortController();
    const running = runWith('verify --json', engines, { stop: stop.signal });
    setTimeout(() => { stop.abort(); }, 20); // prettier-ignore
    expect((await running).exitCode).toBe(1);
    expect(calls).toEqual(['start', 'stop']);
  });
});
