import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPcpPortMapper } from './pcp-port-mapper.js';
import type { PortMapper } from './port-mapper.js';

// A router of the test's own, over real sockets on loopback; a real one: router.process.test.ts.

let router: { readonly asked: Buffer[]; answer: (request: Buffer) => readonly Buffer[] };
let mapper: PortMapper;
let close: () => Promise<void>;
const wanted = { port: 40001, secret: Buffer.from('ours') };
const signal = new AbortController().signal;

/** 203.0.113.9:4242 for so long. */
function mapped(request: Buffer, options: { result?: number; lifeSeconds?: number } = {}): Buffer {
  const answer = Buffer.from(request);
  answer[1] = (request[1] ?? 0) | 0x80;
  answer[3] = options.result ?? 0;
  answer.writeUInt32BE(options.lifeSeconds ?? request.readUInt32BE(4), 4);
  answer.writeUInt16BE(4242, 42);
  answer.set([203, 0, 113, 9], 56);
  return answer;
}

beforeEach(async () => {
  const socket = createSocket('udp4');
  const { port } = await new Promise<{ port: number }>((resolve) => {
    socket.bind(0, '127.0.0.1', () => { resolve(socket.address()); }); // prettier-ignore
  });
  router = { asked: [], answer: (request) => [mapped(request)] };
  socket.on('message', (request, { port: from, address }) => {
    router.asked.push(request);
    for (const answer of router.answer(request)) socket.send(answer, from, address);
  });
  const findGateway = (family: string) => Promise.resolve(family === 'ipv4' ? '127.0.0.1' : undefined);
  mapper = createPcpPortMapper({ findGateway, serverPort: port });
  close = async () => {
    socket.close();
    await once(socket, 'close');
  };
});
afterEach(() => close());

const lifeOf = (request: Buffer | undefined): number | undefined => request?.readUInt32BE(4);
const nonceOf = (request: Buffer | undefined): string | undefined => request?.toString('hex', 24, 36);
const wishOf = (request: Buffer | undefined): readonly unknown[] => [
  request?.readUInt16BE(42),
  request?.subarray(56).join('.'),
];

describe('a port of a router that speaks PCP', () => {
  it('is mapped, asked for again as it was, and given back', async () => {
    expect(await mapper.map(wanted, signal)).toEqual([
      { address: { host: '203.0.113.9', port: 4242 }, lifeMs: 3_600_000 },
    ]);
    await mapper.map(wanted, signal);
    await mapper.close();
    await mapper.close();
    expect(router.asked.map(lifeOf)).toEqual([3600, 3600, 0]);
    expect(router.asked.map(wishOf)).toEqual([
      [40001, '0.0.0.0'],
      [4242, '203.0.113.9'],
      [4242, '203.0.113.9'],
    ]);
    expect(new Set(router.asked.map(nonceOf)).size).toBe(1);
  });

  it('has the same nonce after a restart, and another for another device', async () => {
    await mapper.map(wanted, signal);
    await mapper.map({ ...wanted, secret: Buffer.from('of somebody else') }, signal);
    const [first, second] = router.asked.map(nonceOf);
    expect(first).not.toBe(second);
    expect(first).toMatch(/^[0-9a-f]{24}$/);
  });

  it('is asked for again when the question was lost, and what is no answer is passed over', async () => {
    router.answer = (request) =>
      router.asked.length < 2 ? [] : [Buffer.from('noise'), mapped(Buffer.alloc(60, 2)), mapped(request)];
    expect(await mapper.map(wanted, signal)).toHaveLength(1);
    expect(router.asked.length).toBe(2);
  });

  it('is not believed for more than a day', async () => {
    router.answer = (request) => [mapped(request, { lifeSeconds: 2 ** 32 - 1 })];
    expect(await mapper.map(wanted, signal)).toMatchObject([{ lifeMs: 86_400_000 }]);
  });

  it('is told when the router refuses', async () => {
    router.answer = (request) => [mapped(request, { result: 8 })];
    await expect(mapper.map(wanted, signal)).rejects.toThrow('no-resources');
  });

  it('is none when the router speaks only the protocol before', async () => {
    router.answer = () => [Buffer.from('0081000100000362', 'hex')];
    expect(await mapper.map(wanted, signal)).toEqual([]);
  });

  it('is waited for no longer than the signal says', async () => {
    router.answer = () => [];
    await expect(mapper.map(wanted, AbortSignal.timeout(50))).rejects.toThrow();
  });

  it('is none where no router is known', async () => {
    const lone = createPcpPortMapper({ findGateway: () => Promise.resolve(undefined) });
    expect(await lone.map(wanted, signal)).toEqual([]);
  });

  it('is none where nobody listens', async () => {
    await close();
    close = () => Promise.resolve();
    await expect(mapper.map(wanted, AbortSignal.timeout(5000))).rejects.toThrow();
  });
});
