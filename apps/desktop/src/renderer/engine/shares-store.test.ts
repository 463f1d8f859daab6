import type { EngineStatus } from '@enxame/shared/engine/status';
import { expect, it } from 'vitest';
import type { EngineLink } from './engine-link.js';
import { createSharesStore } from './shares-store.js';

type Page = { shares: { id: string; name: string }[]; next?: string };

/** A link whose pages are answered by hand. */
function createLink() {
  const asked: { after: string | undefined; answer: (page: Page) => void; fail: () => void }[] = [];
  let open: () => void = () => undefined;
  let tell: (changes: unknown) => void = () => undefined;
  const link = {
    call: (_: string, { after }: { after?: string }) =>
      new Promise((resolve, reject) => {
        asked.push({
          after,
          answer: resolve,
          fail: () => {
            reject(new Error('closed'));
          },
        });
      }),
    onOpen: (listener: (status: EngineStatus) => void) => {
      open = () => {
        listener({} as EngineStatus);
      };
    },
    on: (_: string, listener: (changes: unknown) => void) => {
      tell = listener;
    },
  } as unknown as EngineLink;
  return {
    link,
    asked,
    open: () => {
      open();
    },
    tell: (changes: unknown) => {
      tell(changes);
    },
  };
}

const share = (id: string, name = id) => ({ id, name });
const settle = (): Promise<void> => new Promise((done) => setTimeout(done));

it('is loaded when the last page is there, and believes what was told over an older page', async () => {
  const { link, asked, open, tell } = createLink();
  const store = createSharesStore(link);
  open();
  asked[0]?.answer({ shares: [share('a'), share('b')], next: 'b' });
  await settle();
  expect(asked[1]?.after).toBe('b');
  expect(store.getState().loaded).toBe(false);
  tell({ upserted: [share('c', 'new')], removed: ['d', 'a'] });
  asked[1]?.answer({ shares: [share('c', 'old'), share('d')] });
  await settle();
  expect(store.getState().loaded).toBe(true);
  expect([...store.getState().shares.values()]).toEqual([share('b'), share('c', 'new')]);
});

it('forgets a list whose engine is gone, and asks the next one from the start', async () => {
  const { link, asked, open } = createLink();
  const store = createSharesStore(link);
  open();
  open();
  asked[0]?.answer({ shares: [share('old')] });
  asked[1]?.answer({ shares: [share('new')] });
  await settle();
  expect([...store.getState().shares.keys()]).toEqual(['new']);
  open();
  asked[2]?.fail();
  await settle();
  expect([...store.getState().shares.keys()]).toEqual(['new']);
});
