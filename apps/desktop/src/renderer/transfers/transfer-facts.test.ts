import { transferStates, type Transfer } from '@enxame/shared/engine/transfer';
import { describe, expect, it } from 'vitest';
import { announcementOf } from './announce-progress.js';
import {
  canPause,
  canRemove,
  canResume,
  canTakeOff,
  groupOf,
  queueOf,
  removalLosesBytes,
  stepBefore,
} from './transfer-facts.js';

const transfer = (change: Partial<Transfer>): Transfer =>
  ({ direction: 'receive', state: 'moving', size: 100, bytesDone: 10, ...change }) as Transfer;

describe('what can be done', () => {
  it('puts every state in a group, and what failed first', () => {
    for (const state of transferStates) expect(groupOf(transfer({ state }))).toBeTruthy();
    expect(groupOf(transfer({ state: 'failed' }))).toBe('needsYou');
  });
  it('never both pauses and resumes', () => {
    for (const state of transferStates) {
      for (const direction of ['receive', 'send'] as const) {
        const one = transfer({ state, direction });
        expect(canPause(one) && canResume(one)).toBe(false);
        if (direction === 'send') expect(canPause(one) || canResume(one)).toBe(false);
      }
    }
  });
  it('asks before verified bytes are thrown away, and only then', () => {
    expect(removalLosesBytes(transfer({ state: 'paused' }))).toBe(true);
    expect(removalLosesBytes(transfer({ state: 'paused', bytesDone: 0 }))).toBe(false);
    expect(removalLosesBytes(transfer({ state: 'verified', bytesDone: 100 }))).toBe(false);
    expect(removalLosesBytes(transfer({ direction: 'send', state: 'sent' }))).toBe(false);
    expect(canRemove(transfer({ direction: 'send', state: 'moving' }))).toBe(false);
    expect(canRemove(transfer({ direction: 'send', state: 'waiting' }))).toBe(true);
  });
  it('takes off without a question only what would not go on by itself here', () => {
    expect(canTakeOff(transfer({ direction: 'send', state: 'waiting' }))).toBe(true);
    expect(canTakeOff(transfer({ direction: 'send', state: 'moving' }))).toBe(false);
    expect(canTakeOff(transfer({ state: 'waiting' }))).toBe(false);
    expect(canTakeOff(transfer({ state: 'verified' }))).toBe(true);
  });
});

describe('the queue', () => {
  const queued = (id: string, position: number): Transfer =>
    transfer({ id: id as Transfer['id'], state: 'waiting', queue: { position, startsInSeconds: null } });
  const [a, b, c] = [queued('a', 1), queued('b', 2), queued('c', 3)];
  const queue = queueOf([c, transfer({ state: 'waiting', queue: null }), a, { ...b, direction: 'send' }, b]);

  it('holds the downloads that wait for a turn, by their places', () => {
    expect(queue).toEqual([a, b, c]);
  });
  it.each([
    ['a', -1, undefined],
    ['a', 1, 'c'],
    ['b', -1, 'a'],
    ['b', 1, null],
    ['c', 1, undefined],
    ['gone', 1, undefined],
  ] as const)('%s by %i: before %s', (id, step, before) => {
    const found = stepBefore(queue, id as Transfer['id'], step);
    expect(found ? found.id : found).toBe(before);
  });
});

describe('what is said aloud', () => {
  it.each([
    [undefined, { bytesDone: 0 }, 'start'],
    [undefined, { bytesDone: 50 }, null],
    [{ bytesDone: 24 }, { bytesDone: 25 }, 'percent'],
    [{ bytesDone: 25 }, { bytesDone: 49 }, null],
    [{ bytesDone: 10 }, { bytesDone: 80 }, 'percent'],
    [{ bytesDone: 99 }, { bytesDone: 100, state: 'verified' }, 'verified'],
    [{ bytesDone: 99 }, { bytesDone: 99, state: 'failed' }, 'failed'],
    [{ bytesDone: 10, state: 'waiting' }, { bytesDone: 10, state: 'checking' }, 'checking'],
    [{ bytesDone: 10 }, { bytesDone: 10, state: 'paused' }, null],
  ] as const)('%j then %j: %s', (before, after, kind) => {
    expect(announcementOf(before && transfer(before), transfer(after))?.kind ?? null).toBe(kind);
  });
  it('says nothing of what is sent', () => {
    expect(announcementOf(undefined, transfer({ direction: 'send', bytesDone: 0 }))).toBeNull();
  });
});
