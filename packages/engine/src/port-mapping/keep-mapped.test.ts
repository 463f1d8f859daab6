import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSilentLogger } from '../library/testing/silent-logger.js';
import { findDefaultGateway } from './default-gateway.js';
import { keepMapped } from './keep-mapped.js';
import type { PortMapping } from './port-mapper.js';

const at = (host: string, port = 4242): PortMapping => ({ address: { host, port }, lifeMs: 3_600_000 });

function setUp() {
  const fake = {
    answer: (): Promise<readonly PortMapping[]> => Promise.resolve([at('198.51.100.7')]),
    asked: 0,
    closed: 0,
    isOn: true,
    told: [] as string[],
  };
  const mapped = keepMapped({
    mapper: {
      map: () => {
        fake.asked++;
        return fake.answer();
      },
      close: () => {
        fake.closed++;
        return Promise.resolve();
      },
    },
    wanted: { port: 40001, secret: Buffer.from('ours') },
    isOn: () => fake.isOn,
    onChange: () => fake.told.push(mapped.addresses.map(({ host }) => host).join()),
    logger: createSilentLogger(),
    random: () => 1,
  });
  return { fake, mapped };
}
const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a mapped port', () => {
  it('is told when the router gave it, renewed at half of its time, and given back at the end', async () => {
    const { fake, mapped } = setUp();
    expect(mapped.addresses).toEqual([]);
    await settle();
    expect([mapped.addresses, fake.told]).toEqual([[{ host: '198.51.100.7', port: 4242 }], ['198.51.100.7']]);
    await settle(1_800_000);
    expect([fake.asked, fake.told.length]).toEqual([2, 1]);
    await mapped.close();
    await mapped.close();
    expect(fake.closed).toBe(1);
  });

  it.each([
    ['no router does it', () => Promise.resolve([])],
    ['the router refuses', () => Promise.reject(new Error('no'))],
    ['there is another router behind it', () => Promise.resolve([at('192.168.0.2')])],
    ['the provider has a router of its own', () => Promise.resolve([at('100.70.1.2')])],
  ])('is not told when %s, and tried again', async (_, answer) => {
    const { fake, mapped } = setUp();
    fake.answer = answer;
    await settle();
    mapped.lookAgain();
    await settle();
    expect([mapped.addresses, fake.asked]).toEqual([[], 2]);
    fake.answer = () => Promise.resolve([at('198.51.100.7')]);
    await settle(60_000);
    expect(mapped.addresses).toEqual([{ host: '198.51.100.7', port: 4242 }]);
    await mapped.close();
  });

  it('is given back, and not asked for, while the setting says so', async () => {
    const { fake, mapped } = setUp();
    await settle();
    fake.isOn = false;
    mapped.lookAgain();
    await settle();
    expect([mapped.addresses, fake.told, fake.closed]).toEqual([[], ['198.51.100.7', ''], 1]);
    await settle(10 * 60_000);
    expect(fake.asked).toBe(1);
    await mapped.close();
  });
});

describe('a router of both kinds of addresses', () => {
  it('is asked again when the shorter of its times is half over, and not every moment', async () => {
    const { fake, mapped } = setUp();
    await settle();
    fake.answer = () => Promise.resolve([at('198.51.100.7'), { ...at('2001:db8::7'), lifeMs: 1000 }]);
    mapped.lookAgain();
    await settle();
    expect(fake.told).toEqual(['198.51.100.7', '198.51.100.7,2001:db8::7']);
    await settle(29_000);
    expect(fake.asked).toBe(2);
    await settle(1000);
    expect(fake.asked).toBe(3);
    await mapped.close();
  });
});

describe('findDefaultGateway', () => {
  it('reads it from the list of routes', async () => {
    const routes =
      'Iface\tDestination\tGateway \tFlags\neth0\t0001A8C0\t00000000\t0001\neth0\t00000000\t0101A8C0\t0003\n';
    expect(await findDefaultGateway('ipv4', () => Promise.resolve(routes))).toBe('192.168.1.1');
    expect(await findDefaultGateway('ipv4', () => Promise.resolve('Iface\n'))).toBeUndefined();
    expect(await findDefaultGateway('ipv4', () => Promise.reject(new Error('ENOENT')))).toBeUndefined();
  });

  it('reads that of IPv6, with its zone; the lowest metric counts', async () => {
    const none = '0'.repeat(32);
    const route = (hop: string, metric: string, flags: string, device: string): string =>
      `${none} 00 ${none} 00 ${hop} ${metric} 00000001 00000000 ${flags} ${device.padStart(8)}\n`;
    const near = 'fe80000000000000021122fffe334455';
    const routes = [
      route('20010db8000000000000000000000001', '00000400', '00000003', 'eth1'),
      route(near, '00000100', '00450003', 'eth0'),
      route(none, 'ffffffff', '00200200', 'lo'),
    ].join('');
    expect(await findDefaultGateway('ipv6', () => Promise.resolve(routes))).toBe('fe80::211:22ff:fe33:4455%eth0');
    expect(await findDefaultGateway('ipv6', () => Promise.resolve(routes.split('\n')[0] ?? ''))).toBe('2001:db8::1');
    expect(await findDefaultGateway('ipv6', () => Promise.resolve(''))).toBeUndefined();
  });
});
