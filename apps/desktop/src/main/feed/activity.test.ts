import { describe, expect, it } from 'vitest';
import { statusOf } from '../testing/fake-engine.js';
import { transferOf } from '../testing/transfers.js';
import { activityOf } from './activity.js';
import type { Transfer } from '@enxame/shared/engine/transfer';

function activity(...transfers: Transfer[]) {
  const byId = new Map(transfers.map((transfer) => [transfer.id, transfer]));
  return activityOf({ status: statusOf(), transfers: byId, codes: null });
}
const { tracker } = statusOf();
const off = { ...statusOf(), tracker: tracker && { ...tracker, connected: false } };

describe('activity', () => {
  it('is offline without an engine, or without contact, and idle before a network was chosen', () => {
    const kind = (status: Parameters<typeof activityOf>[0]['status']): string =>
      activityOf({ status, transfers: new Map(), codes: null }).kind;
    expect([kind(null), kind(off), kind(statusOf()), kind({ ...off, tracker: null })]).toEqual([
      'offline',
      'offline',
      'idle',
      'idle',
    ]);
  });

  it('tells first what is more urgent to know', () => {
    const [moving, paused, waiting, failed] = (['moving', 'paused', 'waiting', 'failed'] as const).map((state) =>
      transferOf({ state }),
    ) as [Transfer, Transfer, Transfer, Transfer];
    expect(activity(paused).kind).toBe('paused');
    expect(activity(paused, waiting).kind).toBe('idle');
    expect(activity(paused, waiting, moving).kind).toBe('moving');
    expect(activity(paused, waiting, moving, failed).kind).toBe('attention');
    expect(activity(transferOf({ state: 'failed', direction: 'send' })).kind).toBe('idle');
    const transfers = new Map([[moving.id, moving]]);
    expect(activityOf({ status: off, transfers, codes: null }).kind).toBe('moving');
  });

  it('is as far as all that comes in together, or all that goes out where nothing comes in', () => {
    const received = transferOf({ size: 3000, bytesDone: 500 });
    const sent = transferOf({ direction: 'send', size: 100, bytesDone: 100 });
    expect(activity(received, transferOf({ size: 1000, bytesDone: 500 }), sent).progress).toBe(0.25);
    expect(activity(sent).progress).toBe(1);
    expect(activity(transferOf({ state: 'verified' })).progress).toBeNull();
    expect(activity(transferOf({ size: 0, bytesDone: 0, state: 'checking' })).progress).toBe(0);
  });

  it('names what is nearest to its end; of what nobody knows the end, the first', () => {
    const [far, near, unknown] = [40, 4, null].map((secondsLeft) => transferOf({ secondsLeft })) as [
      Transfer,
      Transfer,
      Transfer,
    ];
    expect(activity(unknown, far, near).nearest).toBe(near);
    expect(activity(unknown, transferOf()).nearest).toBe(unknown);
    expect(activity().nearest).toBeNull();
  });
});
