import type { ContentId, DeviceId } from '@enxame/shared/ids';
import { describe, expect, it } from 'vitest';
import { toSendView } from '../transfers/send-view.js';
import { createSendLog } from './send-log.js';

const to = (letter: string) => ({
  deviceId: letter.repeat(52) as DeviceId,
  userName: 'Rui',
  contentId: 'c'.repeat(52) as ContentId,
  name: 'x',
  size: 100,
});

function create() {
  const log = createSendLog({ now: () => 0, onChange: () => undefined });
  const state = (): string => log.list().map(toSendView).map((view) => `${view.state} ${String(view.bytesDone)}`).join(); // prettier-ignore
  return { log, state };
}

describe('what is being sent', () => {
  it('is one line for a device and a content, over as many requests as it takes', () => {
    const { log, state } = create();
    for (const end of [50, 100]) {
      const send = log.begin(to('a'), end);
      expect(state()).toMatch(/^moving/);
      send.sent(50);
      send.end(true);
    }
    expect(state()).toBe('sent 100');
  });

  it('is not all sent when the same half was asked twice, or the end was cut', () => {
    const { log, state } = create();
    for (let tries = 0; tries < 2; tries++) {
      const send = log.begin(to('a'), 50);
      send.sent(50);
      send.end(true);
    }
    expect(state()).toBe('waiting 100');
    const cut = log.begin(to('a'), 100);
    cut.sent(20);
    cut.end(false);
    expect(state()).toBe('waiting 100');
  });

  it('forgets the oldest finished ones, and never one that moves', () => {
    const { log } = create();
    log.begin(to('a'), 100);
    for (let index = 0; index < 600; index++) {
      const device = index.toString(36).padStart(26, 'x').concat('y'.repeat(26)) as DeviceId;
      log.begin({ ...to('b'), deviceId: device }, 100).end(true);
    }
    expect(log.list()).toHaveLength(500);
    expect(log.list()[0]).toMatchObject({ deviceId: 'a'.repeat(52), activeRequests: 1 });
  });
});
