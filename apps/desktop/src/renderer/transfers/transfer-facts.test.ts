import { transferStates, type Transfer } from '@enxame/shared/engine/transfer';
import { describe, expect, it } from 'vitest';
import { announcementOf } from './announce-progress.js';
import { canPause, canRemove, canResume, canTakeOff, groupOf, removalLosesBytes } from './transfer-facts.js';

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
