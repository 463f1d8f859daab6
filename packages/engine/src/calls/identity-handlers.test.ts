import { expect, it } from 'vitest';
import type { UserId } from '@enxame/shared/ids';
import type { TrackerPin } from '../tracker/tracker-book.js';
import { createIdentityHandlers } from './identity-handlers.js';

const user = { id: 'u' as UserId, name: 'Ana' };

function setUp(pin: Partial<TrackerPin> | null) {
  const done: string[] = [];
  const book = { current: pin as TrackerPin | undefined, pins: pin ? [pin as TrackerPin] : [] };
  const handlers = createIdentityHandlers({
    identity: {
      recoveryWords: (language) => [language],
      restoreUser: (words) => {
        done.push(words);
        return Promise.resolve();
      },
    },
    book,
    connection: {
      restart: () => {
        done.push('restart');
        book.current = { ...book.current, user } as TrackerPin;
        return Promise.resolve();
      },
    },
    pairing: {
      invite: () => Promise.resolve({ code: '7-mel-lua-rio', link: '', expiresAt: 0 }),
      joined: () => Promise.resolve({ deviceName: 'laptop' }),
      takeBack: () => Promise.resolve(),
      join: (code, adopt) => {
        done.push(code);
        return adopt('words of the other');
      },
    },
    onStatus: () => done.push('status'),
  });
  return {
    done,
    join: (code: string) => handlers['device:join']({ code }, undefined as never),
    restore: (words: string) => handlers['identity:restore']({ words }, undefined as never),
  };
}

it('a user who comes back has the name of before as soon as the tracker is asked', async () => {
  const { done, restore } = setUp({ user: null });
  expect(await restore('words')).toEqual({ name: 'Ana' });
  expect(done).toEqual(['words', 'restart', 'status']);
});

it('without a tracker the key is there for the first one that is chosen', async () => {
  const { done, restore } = setUp(null);
  expect(await restore('words')).toEqual({ name: null });
  expect(done).toEqual(['words', 'status']);
});

it('the key of a name that is in use is never replaced', async () => {
  const { done, restore } = setUp({ user });
  await expect(restore('words')).rejects.toMatchObject({ code: 'already-registered', params: { name: 'Ana' } });
  expect(done).toEqual([]);
});

it('I13: a code of another computer brings its words, and is not spent where they cannot be taken', async () => {
  const fresh = setUp({ user: null });
  expect(await fresh.join('7-mel-lua-rio')).toEqual({ name: 'Ana' });
  expect(fresh.done).toEqual(['7-mel-lua-rio', 'words of the other', 'restart', 'status']);
  const named = setUp({ user });
  await expect(named.join('7-mel-lua-rio')).rejects.toMatchObject({ code: 'already-registered' });
  expect(named.done).toEqual([]);
});
