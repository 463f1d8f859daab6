import { deviceIdSchema } from '@enxame/shared/ids';
import { describe, expect, it } from 'vitest';
import { connectedStatus, contentId } from '../testing/fake-engine.js';
import { runningEngine, runWith } from '../testing/run-with.js';

const status = () => connectedStatus;
const pt = { environment: { ENXAME_LOG: 'silent', LANG: 'pt_BR.UTF-8' } };

describe('enxame tracker admin', () => {
  it('makes an invitation, and prints the code alone', async () => {
    const asked: unknown[] = [];
    const engine = runningEngine({
      'status:get': status,
      'admin:invite': (payload) => {
        asked.push(payload);
        return {
          code: 'abc',
          note: payload.note,
          uses: 3,
          usesLeft: 3,
          createdAt: 1,
          createdBy: 'Ana',
          expiresAt: null,
        };
      },
    });
    const { out, exitCode } = await runWith('tracker admin invite --uses 3 --for 2d --note club', engine);
    expect([out, exitCode, asked]).toEqual(['abc', 0, [{ uses: 3, lifeMs: 172_800_000, note: 'club' }]]);
  });

  const device = deviceIdSchema.parse(`${'d'.repeat(51)}a`);
  it.each([
    ['Bia', { kind: 'user', name: 'Bia' }],
    [device, { kind: 'device', deviceId: device }],
    ['192.0.2.7', { kind: 'address', range: '192.0.2.7' }],
    ['2001:db8::/32', { kind: 'address', range: '2001:db8::/32' }],
  ])('tells whom to ban by their looks: %s', async (who, target) => {
    const asked: unknown[] = [];
    const engine = runningEngine({
      'status:get': status,
      'admin:ban': (payload) => {
        asked.push(payload);
        return {
          id: 'x',
          kind: 'user',
          target: 't',
          label: who,
          reason: payload.reason,
          at: 1,
          by: 'Ana',
          expiresAt: null,
        };
      },
    });
    expect((await runWith(`tracker admin ban ${who} --reason spam`, engine, pt)).out).toBe('Feito.');
    expect(asked).toEqual([{ target, reason: 'spam', lifeMs: null }]);
  });

  it('sets what is given, shows all, and refuses what is none', async () => {
    const now = { registration: 'open', catalogue: 'members', hostedBytesPerUser: 1, hostedBytesInAll: 2, hostedBytesForCache: 0, nameBlockedDays: 90 } as const; // prettier-ignore
    const asked: unknown[] = [];
    const engine = runningEngine({
      'status:get': status,
      'admin:read': () => ({ settings: now, admins: [], quotas: [] }),
      'admin:configure': (change) => {
        asked.push(change);
        return now;
      },
    });
    expect((await runWith('tracker admin settings', engine)).out).toContain('registration');
    expect((await runWith('tracker admin settings registration=closed nameBlockedDays=7 --json', engine)).json()).toEqual({ settings: now }); // prettier-ignore
    expect(asked).toEqual([{ registration: 'closed', nameBlockedDays: 7 }]);
    for (const wrong of ['registration=maybe', 'nothing=1', 'registration']) {
      const { exitCode, out } = await runWith(`tracker admin settings ${wrong} --json`, engine);
      expect([exitCode, JSON.parse(out)]).toMatchObject([1, { error: { code: 'flag-invalid' } }]);
    }
  });

  it('takes sizes as people write them', async () => {
    const asked: unknown[] = [];
    const engine = runningEngine({
      'status:get': status,
      'admin:quota': ({ hostedBytes }) => {
        asked.push(hostedBytes);
        return {};
      },
    });
    for (const size of ['500GB', '20', 'default']) await runWith(`tracker admin quota Bia ${size}`, engine);
    expect(asked).toEqual([5e11, 20, null]);
    expect((await runWith('tracker admin quota Bia much', engine)).exitCode).toBe(1);
  });

  it('shows the log without letting anybody’s text rule the screen', async () => {
    const record = { number: 1, at: 1, by: 'Ana', action: 'remove', target: 'Bia: x\u001b[2J', detail: '' } as const;
    const engine = runningEngine({ 'status:get': status, 'admin:audit': () => ({ records: [record], total: 1 }) });
    const { out } = await runWith('tracker admin audit', engine);
    expect(out).toContain('remove · Bia: x');
    expect(out).not.toContain('\u001b');
  });
});

describe('enxame stats', () => {
  const stats = {
    since: 1_700_000_000_000,
    users: 3,
    usersOnline: 2,
    devicesOnline: 2,
    entries: 1200,
    contents: 1000,
    contentBytes: 5e9,
    hostedCopies: 1,
    hostedBytes: 1000,
    links: 4,
    downloads: 7,
    bytes: { direct: 1e9, relayed: 2e6, hosted: 0 },
    topDownloads: [{ contentId, name: 'a.iso', downloads: 7, bytes: 1e9 }],
    online: [],
  };
  it('says in words and as JSON what was counted', async () => {
    const engine = runningEngine({ 'status:get': status, 'stats:read': () => stats });
    const { out } = await runWith('stats', engine);
    for (const part of ['2 of 3 online', '1,200 (5 GB)', 'Moved directly', '1 GB', 'a.iso'])
      expect(out).toContain(part);
    expect((await runWith('stats', engine, pt)).out).toContain('2 de 3 on-line');
    expect((await runWith('stats --json', engine)).json()).toEqual(stats);
  });
});

describe('enxame leave', () => {
  function network(asked: unknown[]) {
    return runningEngine({
      'status:get': status,
      'account:export': ({ path }) => ({ path, records: 5 }),
      'account:leave': ({ name }) => {
        asked.push(name);
        return { nameBlockedUntil: Date.UTC(2026, 11, 24, 12) };
      },
    });
  }
  const answering = (text: string | undefined) => ({
    terminal: {
      print: (line: string) => void printed.push(line),
      tell: (line: string) => void told.push(line),
      ask: text === undefined ? undefined : () => Promise.resolve(text),
      progress: undefined,
    },
  });
  const printed: string[] = [];
  const told: string[] = [];

  it('T121: asks for the name, after all was written to a file', async () => {
    const asked: unknown[] = [];
    expect((await runWith('leave --export me.json', network(asked), answering('ana'))).exitCode).toBe(0);
    expect([asked, told.pop(), printed.pop()]).toEqual([
      ['ana'],
      '5 records written to /home/ana/folder/me.json',
      'You left. Nobody can take your name before December 24, 2026.',
    ]);
  });

  it.each([
    ['leave', 'Bia'],
    ['leave', undefined],
    ['leave --name Bia', undefined],
    ['leave --export x --only-export', 'Ana'],
  ])('T121: does not leave by %s, answered %s', async (args, answer) => {
    const asked: unknown[] = [];
    const { exitCode } = await runWith(args, network(asked), answering(answer));
    expect([asked, exitCode]).toEqual([[], args.includes('only') ? 0 : 1]);
  });
});
