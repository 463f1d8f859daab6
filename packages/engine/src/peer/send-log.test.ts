import type { ContentId, DeviceId, TransferId, UserId } from '@enxame/shared/ids';
import type { Receipt } from '@enxame/shared/peer/receipt';
import { describe, expect, it } from 'vitest';
import { createFakeTimers } from '../library/testing/fake-timers.js';
import { toSendView } from '../transfers/send-view.js';
import { createSendLog, type RememberedSend, type Send } from './send-log.js';

const contentId = 'c'.repeat(52) as ContentId;
const device = (letter: string): DeviceId => letter.repeat(52) as DeviceId;
const to = (letter: string) => ({
  deviceId: device(letter),
  userName: 'Rui',
  contentId,
  name: 'x',
  size: 100,
  files: null,
});
const rui = 'r'.repeat(52) as UserId;
const receipt: Receipt = {
  contentId,
  size: 100,
  receivedAt: 5,
  grant: { userKey: 'k', deviceKey: 'd', deviceName: 'laptop', issuedAt: 1, signature: 's' },
  signature: 's',
};

function create(remembered: readonly RememberedSend[] = []) {
  const timers = createFakeTimers();
  const removed: TransferId[] = [];
  const saved: Send[] = [];
  const confirmed: TransferId[] = [];
  const log = createSendLog({
    timers,
    onChange: () => undefined,
    onRemove: (id) => removed.push(id),
    memory: {
      ready: Promise.resolve(),
      find: () =>
        (saved.at(-1) && { ...(saved.at(-1) as Send), isConfirmed: saved.at(-1)?.receipt !== null }) || remembered[0],
      save: (send) => Promise.resolve(void saved.push({ ...send })),
      confirm: (id) => Promise.resolve(void confirmed.push(id)),
    },
  });
  const state = (): string => log.list().map((send) => toSendView(send)).map((view) => `${view.state} ${String(view.bytesDone)}`).join(); // prettier-ignore
  const send = (letter: string, bytes: number, end = 100, isWhole = true): void => {
    const request = log.begin(to(letter), end);
    request.sent(bytes);
    request.end(isWhole);
  };
  return { log, state, send, timers, saved, removed, confirmed };
}

describe('what is being sent', () => {
  it('is one line for a device and a content, over as many requests as it takes', () => {
    const { log, state, timers, send } = create();
    const first = log.begin(to('a'), 50);
    expect(state()).toMatch(/^moving/);
    first.sent(50);
    first.end(true);
    timers.advance(1000);
    expect(state()).toBe('moving 50');
    send('a', 50);
    timers.advance(2000);
    expect(state()).toBe('sent 100');
    expect(log.list()).toHaveLength(1);
  });

  it('is not all sent when the same half was asked twice, or the end was cut', () => {
    const { state, send, timers } = create();
    for (let tries = 0; tries < 2; tries++) send('a', 50, 50);
    timers.advance(2000);
    expect(state()).toBe('waiting 100');
    send('a', 20, 100, false);
    timers.advance(2000);
    expect(state()).toBe('waiting 100');
  });

  it('is remembered from the first byte on, and as it is when it rests', () => {
    const { log, timers, saved } = create();
    const request = log.begin(to('a'), 100);
    expect(saved).toEqual([]);
    request.sent(10);
    expect(saved).toMatchObject([{ bytesSent: 10 }]);
    request.sent(90);
    request.end(true);
    timers.advance(2000);
    expect(saved).toMatchObject([{ bytesSent: 10 }, { bytesSent: 100, isMoving: false }]);
  });

  it('forgets the oldest finished ones, and never one that moves', () => {
    const { log, timers } = create();
    log.begin(to('a'), 100);
    for (let index = 0; index < 600; index++) {
      const deviceId = index.toString(36).padStart(26, 'x').concat('y'.repeat(26)) as DeviceId;
      log.begin({ ...to('b'), deviceId }, 100).end(true);
      timers.advance(2000);
    }
    expect(log.list()).toHaveLength(500);
    expect(log.list()[0]).toMatchObject({ deviceId: device('a'), activeRequests: 1 });
  });
});

describe('P34: a receipt', () => {
  it('of a device that took bytes says that it was received; what it takes after that is another send', async () => {
    const { log, send, state, saved, timers } = create();
    send('a', 100);
    await log.confirm(device('a'), receipt, rui);
    timers.advance(2000);
    expect(state()).toBe('received 100');
    expect(saved.at(-1)).toMatchObject({ receipt, userId: rui });
    await log.confirm(device('a'), receipt, rui);
    send('a', 10);
    timers.advance(2000);
    expect(state()).toBe('received 100,waiting 10');
  });

  it('of a device that took nothing, or of another size, is no receipt', async () => {
    const { log, send } = create();
    log.wait(to('a'));
    await expect(log.confirm(device('a'), receipt, rui)).rejects.toThrow('receipt-invalid');
    send('a', 100);
    await expect(log.confirm(device('a'), { ...receipt, size: 99 }, rui)).rejects.toThrow('receipt-invalid');
  });

  it('counts for a send of an earlier run', async () => {
    const id = 'send-before' as TransferId;
    const before = { id, startedAt: 1, bytesSent: 60, size: 100, isConfirmed: false };
    const { log, confirmed } = create([before]);
    await log.confirm(device('a'), receipt, rui);
    expect(confirmed).toEqual([id]);
    const again = create([before]);
    again.send('a', 40);
    expect(again.log.list()).toMatchObject([{ id, startedAt: 1, bytesSent: 100 }]);
  });
});
