import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSilentLogger } from '../library/testing/silent-logger.js';
import { findDefaultGateway } from './default-gateway.js';
import { keepMapped } from './keep-mapped.js';
import type { PortMapping } from './port-mapper.js';

const at = (host: string, port = 4242): PortMapping => ({ address: { host, port }, lifeMs: 3_600_000 });

function setUp() {
  const fake = {
    answer: (): Promise<PortMapping | undefined> => Promise.resolve(at('198.51.100.7')),
    asked: 0,
    closed: 0,
    isOn: true,
    told: [] as (string | undefined)[],
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
    port: 40001,
    isOn: () => fake.isOn,
    onChange: () => fake.told.push(mapped.address?.host),
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
    expect(mapped.address).toBeUndefined();
    await settle();
    expect([mapped.address, fake.told]).toEqual([{ host: '198.51.100.7', port: 4242 }, ['198.51.100.7']]);
    await settle(1_800_000);
    expect([fake.asked, fake.told.length]).toEqual([2, 1]);
    await mapped.close();
    await mapped.close();
    expect(fake.closed).toBe(1);
  });

  it.each([
    ['no router does it', () => Promise.resolve(undefined)],
    ['the router refuses', () => Promise.reject(new Error('no'))],
    ['there is another router behind it', () => Promise.resolve(at('192.168.0.2'))],
    ['the provider has a router of its own', () => Promise.resolve(at('100.70.1.2'))],
  ])('is not told when %s, and tried again', async (_, answer) => {
    const { fake, mapped } = setUp();
    fake.answer = answer;
    await settle();
    mapped.lookAgain();
    await settle();
    expect([mapped.address, fake.asked]).toEqual([undefined, 2]);
    fake.answer = () => Promise.resolve(at('198.51.100.7'));
    await settle(60_000);
    expect(mapped.address?.host).toBe('198.51.100.7');
    await mapped.close();
  });

  it('is given back, and not asked for, while the setting says so', async () => {
    const { fake, mapped } = setUp();
    await settle();
    fake.isOn = false;
    mapped.lookAgain();
    await settle();
    expect([mapped.address, fake.told, fake.closed]).toEqual([undefined, ['198.51.100.7', undefined], 1]);
    await settle(10 * 60_000);
    expect(fake.asked).toBe(1);
    await mapped.close();
  });
});

describe('findDefaultGateway', () => {
  it('reads it from the list of routes', async () => {
    const routes =
      'Iface\tDestination\tGateway \tFlags\neth0\t0001A8C0\t00000000\t0001\neth0\t00000000\t0101A8C0\t0003\n';
    expect(await findDefaultGateway(() => Promise.resolve(routes))).toBe('192.168.1.1');
    expect(await findDefaultGateway(() => Promise.resolve('Iface\n'))).toBeUndefined();
    expect(await findDefaultGateway(() => Promise.reject(new Error('ENOENT')))).toBeUndefined();
  });
});
