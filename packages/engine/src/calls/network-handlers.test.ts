import { generateKeyPairSync, createPublicKey } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSignature, toUserId } from '@enxame/identity/public-key';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { leaveStatement } from '@enxame/shared/identity/grant';
import { trackerIdSchema } from '@enxame/shared/ids';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSilentLogger } from '../library/testing/silent-logger.js';
import type { TrackerPin } from '../tracker/tracker-book.js';
import type { TrackerLink, TrackerSession } from '../tracker/tracker-session.js';
import { createNetworkHandlers } from './network-handlers.js';
import { openNetworkNews } from './network-news.js';

const { privateKey: userKey } = generateKeyPairSync('ed25519');
const publicKey = createPublicKey(userKey);
const userId = toUserId(publicKey);
const trackerId = trackerIdSchema.parse(`${'a'.repeat(51)}q`);
const pin: TrackerPin = { url: 'https://t', trackerId, key: 'k', name: 'Casa', words: 'w', user: { id: userId, name: 'Ana' } }; // prettier-ignore

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-network-'));
});
afterEach(() => rm(folder, { recursive: true }));

function start(answer: (name: string, payload: never) => unknown) {
  const asked: [string, unknown][] = [];
  const session = {
    ended: new AbortController().signal,
    request: (name: string, payload: unknown) => {
      asked.push([name, payload]);
      return Promise.resolve().then(() => answer(name, payload as never));
    },
  } as TrackerSession;
  const cleared: unknown[] = [];
  const handlers = createNetworkHandlers({
    connection: { session, openSocket: () => Promise.reject(new EnxameError('tracker-offline')) },
    book: { current: pin, clearUser: (id) => Promise.resolve(void cleared.push(id)) },
    identity: { userKey, userId },
    now: () => 5,
  });
  return { asked, cleared, handlers };
}

describe('the network, asked by an interface', () => {
  it('passes on what administrators ask', async () => {
    const { asked, handlers } = start(() => ({ announcements: [] }));
    expect(await handlers['announcements:list']({}, {} as never)).toEqual({ announcements: [] });
    await handlers['admin:announce']({ text: 'hi' }, {} as never);
    expect(asked).toEqual([['announcements:list', {}], ['admin:announce', { text: 'hi' }]]); // prettier-ignore
  });

  it('T120: writes all pages to one new file, whatever their number, and leaves none behind that is not whole', async () => {
    const pages = [
      { section: 'links', records: [], next: '1:0' },
      { section: 'entries', records: [{ id: 1 }, { id: 2 }], next: '1:2' },
      { section: 'entries', records: [{ id: 3 }], next: '2:0' },
      { section: 'account', records: [{ name: 'Ana' }], next: null },
    ];
    let fails = false;
    const { handlers } = start((_name, { after }: { after: string | null }) => {
      if (fails) throw new EnxameError('tracker-offline');
      return after === null ? pages[0] : pages[pages.findIndex(({ next }) => next === after) + 1];
    });
    const path = join(folder, 'all.json');
    expect(await handlers['account:export']({ path }, {} as never)).toEqual({ path, records: 4 });
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      trackerId,
      user: pin.user,
      exportedAt: 5,
      sections: { links: [], entries: [{ id: 1 }, { id: 2 }, { id: 3 }], account: [{ name: 'Ana' }] },
    });
    await expect(handlers['account:export']({ path }, {} as never)).rejects.toMatchObject({ code: 'path-exists' });
    fails = true;
    const broken = handlers['account:export']({ path: join(folder, 'b.json') }, {} as never);
    await expect(broken).rejects.toMatchObject({ code: 'tracker-offline' });
    expect(await readdir(folder)).toEqual(['all.json']);
  });

  it('T121: leaves with the signature of the user’s key, and remembers that nobody is registered', async () => {
    const { asked, cleared, handlers } = start((name) =>
      name === 'session:challenge' ? { nonce: 'n' } : { nameBlockedUntil: 9 },
    );
    expect(await handlers['account:leave']({ name: 'Ana' }, {} as never)).toEqual({ nameBlockedUntil: 9 });
    const { signature } = asked[1]?.[1] as { signature: string };
    checkSignature(publicKey, leaveStatement({ trackerId, nonce: 'n', userId, name: 'Ana' }), signature);
    expect(cleared).toEqual([trackerId]);
  });
});

describe('what administrators say', () => {
  it('T106: a removed entry is a notice, and the tracker is told that it is known', () => {
    const { asked } = start(() => ({}));
    const listeners = new Map<string, (payload: never) => void>();
    const session = {
      ended: new AbortController().signal,
      request: (name: string, payload: unknown) => Promise.resolve(void asked.push([name, payload])),
    } as TrackerSession;
    const link = {
      session,
      onPush: (name: string, listener: (payload: never) => void) => {
        listeners.set(name, listener);
        return () => void listeners.delete(name);
      },
    } as Pick<TrackerLink, 'session' | 'onPush'>;
    const raised: unknown[] = [];
    const said: unknown[] = [];
    const end = openNetworkNews({
      link,
      notices: { raise: (notice) => raised.push(notice.toJSON()) },
      announce: (made) => said.push(made),
      logger: createSilentLogger(),
    });
    listeners.get('entry:removed')?.({ removals: [{ id: 'r1', name: 'x', reason: 'why' }, { id: 'r2', name: 'y', reason: '' }] } as never); // prettier-ignore
    listeners.get('announcement:made')?.({ text: 'hi' } as never);
    expect(raised).toEqual([
      { code: 'entry-removed', params: { name: 'x', reason: 'why' } },
      { code: 'entry-removed', params: { name: 'y' } },
    ]);
    expect([said, asked]).toEqual([[{ text: 'hi' }], [['removals:dismiss', { ids: ['r1', 'r2'] }]]]);
    end();
    expect(listeners.size).toBe(0);
  });
});
