import type { DeviceId } from '@enxame/shared/ids';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import { describe, expect, it } from 'vitest';
import type { Connection } from './connection.js';
import { createReachHandlers } from './reach-handlers.js';

const at = (host: string, port = 40_001): DeviceAddress => ({ host, port });

async function check(remoteHost: string, addresses: readonly DeviceAddress[]) {
  const dialled: DeviceAddress[] = [];
  const handlers = createReachHandlers(
    { countPathAsk: () => Promise.resolve(), relays: true, now: () => 7 },
    (address) => {
      dialled.push(address);
      return Promise.resolve(address.port === 40_001);
    },
  );
  const session = { remoteHost, addresses, deviceId: 'a'.repeat(52) as DeviceId };
  const reply = await handlers['reach:check']({}, { session } as unknown as Connection);
  return { dialled, reply };
}

describe('reach:check', () => {
  it('T130: says at which addresses the tracker met the device, and what it sees of it', async () => {
    const { reply } = await check('198.51.100.7', [at('198.51.100.7'), at('198.51.100.7', 40_002)]);
    expect(reply).toEqual({
      seenHost: '198.51.100.7',
      reached: [at('198.51.100.7')],
      unreached: [at('198.51.100.7', 40_002)],
      relays: true,
      now: 7,
    });
  });

  it.each([
    ['an inner network', '198.51.100.7', at('192.168.1.5')],
    ['somebody else', '198.51.100.7', at('192.0.2.66')],
    ['another computer of the inner network that both are in', '192.168.1.6', at('192.168.1.5')],
    ['a well-known service', '198.51.100.7', at('198.51.100.7', 25)],
    ['this computer', '198.51.100.7', at('127.0.0.1')],
  ])('T130: nobody makes the tracker knock at %s', async (_, remoteHost, address) => {
    expect((await check(remoteHost, [address])).dialled).toEqual([]);
  });
});
