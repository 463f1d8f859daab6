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
    onStatus: () => done.push('status'),
  });
  return { done, restore: (words: string) => handlers['identity:restore']({ words }, undefined as never) };
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
