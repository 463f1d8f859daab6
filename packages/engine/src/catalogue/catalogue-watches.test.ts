import type { EngineSession } from '@enxame/shared/engine/engine-host';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, EntryId, UserId } from '@enxame/shared/ids';
import type { CataloguePage } from '@enxame/shared/tracker/catalogue-query';
import type { CatalogueRow } from '@enxame/shared/tracker/entry';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSilentLogger } from '../library/testing/silent-logger.js';
import type { TrackerLink, TrackerSession } from '../tracker/tracker-session.js';
import { createCatalogueWatches, type CatalogueWatches } from './catalogue-watches.js';

const me = 'm'.repeat(52) as UserId;
const query = { text: '', available: false, sort: 'name', descending: false } as const;
const window = { offset: 0, limit: 10 };

const row = (letter: string, owner = 'o'.repeat(52) as UserId): CatalogueRow => ({
  id: letter.repeat(26) as EntryId,
  contentId: letter.repeat(52) as ContentId,
  name: letter,
  size: 1,
  sha256: null,
  addedAt: 0,
  owner: { id: owner, name: 'x', online: true },
  sources: 1,
});

let pages: CataloguePage;
let refused: Set<number>;
let asked: string[];
let openSession: () => void;
let endSession: () => void;
let push: (payload: unknown) => void;
let looked: string[];
let blocked: UserId[];
let watches: CatalogueWatches;
let emitted: unknown[];
let ui: EngineSession;

beforeEach(() => {
  let session: TrackerSession | undefined;
  let onSession: (session: TrackerSession) => void = () => undefined;
  [pages, refused, asked, emitted] = [{ total: 1, rows: [row('a')] }, new Set(), [], []];
  openSession = () => {
    const abort = new AbortController();
    const request = (name: string, payload: unknown): Promise<unknown> => {
      const { watchId = -1 } = payload as { watchId?: number };
      asked.push(`${name} ${String(watchId)}`);
      return refused.has(watchId) ? Promise.reject(new EnxameError('too-large')) : Promise.resolve(pages);
    };
    session = { request: request as TrackerSession['request'], ended: abort.signal };
    endSession = () => {
      abort.abort();
      session = undefined;
    };
    onSession(session);
  };
  const link: TrackerLink = {
    get session() {
      return session;
    },
    onSession: (listener) => {
      onSession = listener;
      return () => undefined;
    },
    onPush: (_, listener) => {
      push = listener as typeof push;
      return () => undefined;
    },
  };
  looked = [];
  blocked = [];
  watches = createCatalogueWatches({
    link,
    userId: () => me,
    blocked: () => blocked,
    hasContent: (contentId) => contentId.startsWith('a'),
    look: (contentId) => looked.push(contentId),
    logger: createSilentLogger(),
  });
  ui = { id: 1, emit: (event, payload) => void emitted.push({ event, ...payload }) };
  openSession();
});

describe('watching the catalogue', () => {
  it('adds what this computer knows to each row', async () => {
    pages = { total: 2, rows: [row('a'), row('b', me)] };
    const { rows } = await watches.watch(ui, 3, query, window);
    expect(rows.map(({ name, mine, here }) => [name, mine, here])).toEqual([['a', false, true], ['b', true, false]]); // prettier-ignore
    // And the disk is looked at for what the page shows.
    expect(looked).toEqual(rows.map(({ contentId }) => contentId));
  });

  it('hands changes on under the number of the interface, and nothing of others', async () => {
    await watches.watch(ui, 7, query, window);
    push({ watchId: 0, diff: { total: 1, upserted: [row('a')] } });
    push({ watchId: 99, diff: { total: 1, upserted: [row('b')] } });
    expect(emitted).toMatchObject([{ event: 'catalogue:changed', watchId: 7, diff: { upserted: [{ name: 'a', here: true }] } }]); // prettier-ignore
  });

  it('is renewed with each session, each watch by itself: one that is refused does not keep the others from it', async () => {
    for (const watchId of [1, 2, 3]) await watches.watch(ui, watchId, query, window);
    endSession();
    asked.length = 0;
    refused.add(1);
    openSession();
    await new Promise(setImmediate);
    expect(asked).toEqual(['catalogue:watch 0', 'catalogue:watch 1', 'catalogue:watch 2']);
    expect(emitted).toMatchObject([{ watchId: 1 }, { watchId: 3 }]);
  });

  it('that is refused is not kept', async () => {
    refused.add(0);
    await expect(watches.watch(ui, 1, query, window)).rejects.toThrow('too-large');
    endSession();
    asked.length = 0;
    openSession();
    await new Promise(setImmediate);
    expect(asked).toEqual([]);
  });

  it('waits for a tracker, and ends with its interface', async () => {
    endSession();
    expect(await watches.watch(ui, 1, query, window)).toEqual({ total: 0, rows: [] });
    await expect(watches.list(query, window)).rejects.toThrow('tracker-offline');
    await watches.unwatch(ui, 5);
    openSession();
    await new Promise(setImmediate);
    expect(emitted).toMatchObject([{ watchId: 1, diff: { total: 1 } }]);
    watches.endSession(ui);
    watches.contentChanged(row('a').contentId);
    expect(emitted).toHaveLength(1);
    expect(asked.at(-1)).toBe('catalogue:unwatch 0');
  });
});
