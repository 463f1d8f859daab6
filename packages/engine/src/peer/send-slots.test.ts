import type { DeviceId } from '@enxame/shared/ids';
import { describe, expect, it } from 'vitest';
import { createSendSlots } from './send-slots.js';

const device = (letter: string): DeviceId => letter.repeat(52) as DeviceId;

describe('P11: how many answers go out at once', () => {
  it('one device cannot take the slots of all', () => {
    const slots = createSendSlots({ total: 3, perDevice: 2 });
    const giveBack = slots.take(device('a'));
    slots.take(device('a'));
    expect(() => slots.take(device('a'))).toThrow('rate-limited');
    slots.take(device('b'));
    expect(() => slots.take(device('c'))).toThrow('rate-limited');
    giveBack();
    slots.take(device('c'));
    expect(() => slots.take(device('a'))).toThrow('rate-limited');
  });
});
