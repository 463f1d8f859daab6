import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { compactCodeForm, parseCode, type CodeForm } from '@enxame/wormhole/codes/code';
import { enterCode, hostCode, maxWrongProofs, type HostedCode, type MeetOptions } from '@enxame/wormhole/meet';
import type { Wormhole } from '@enxame/wormhole/wormhole';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';

let net: TestTracker;
let over: AbortController;
const url = (): string => `ws://127.0.0.1:${String(net.tracker.address.port)}/v1`;

beforeEach(async () => {
  net = await startTestTracker();
  over = new AbortController();
});

afterEach(async () => {
  over.abort();
  await net.close();
});

const options = (): MeetOptions => ({
  url: url(),
  appId: 'enxame/test',
  versions: { enxame: { v: 1 } },
  randomBytes,
  random: Math.random,
  signal: over.signal,
});

interface Host {
  readonly hosted: HostedCode;
  readonly met: Wormhole[];
  readonly wrong: number[];
  /** Resolves when so many have come. */
  readonly hasMet: (count: number) => Promise<void>;
  /** Resolves with why the code is no longer good. */
  readonly end: Promise<string>;
}

async function host(many: boolean, form: CodeForm = { words: 2, language: 'pt-BR' }): Promise<Host> {
  const met: Wormhole[] = [];
  const wrong: number[] = [];
  let onEnd: (code: string) => void = () => undefined;
  const end = new Promise<string>((resolve) => {
    onEnd = resolve;
  });
  let wake: () => void = () => undefined;
  const hosted = await hostCode({
    ...options(),
    form,
    many,
    randomInt: (below) => randomInt(below),
    onMet: (wormhole) => {
      met.push(wormhole);
      wake();
    },
    onWrong: (left) => wrong.push(left),
    onEnd: (error) => {
      onEnd(error.code);
    },
  });
  const hasMet = async (count: number): Promise<void> => {
    while (met.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { hosted, met, wrong, hasMet, end };
}

describe('the mailbox server', () => {
  it('W10 lets two sides that say the same code talk, and compare a verifier', async () => {
    const { hosted, met, hasMet } = await host(false);
    const rui = await enterCode({ ...options(), code: hosted.code });
    await hasMet(1);
    const [ana] = met;
    expect(ana?.verifier).toEqual(rui.verifier);
    expect(ana?.transitKey).toEqual(rui.transitKey);
    expect(ana?.theirVersions).toEqual({ enxame: { v: 1 } });
    ana?.send({ hello: 'olá' });
    ana?.send({ second: true });
    expect(await rui.receive()).toEqual({ hello: 'olá' });
    expect(await rui.receive()).toEqual({ second: true });
    rui.send({ answer: 1 });
    expect(await ana?.receive()).toEqual({ answer: 1 });
  });

  it('W31 ends a code for one with the first who says it wrong', async () => {
    const { hosted, wrong, end } = await host(false);
    const guess = parseCode(`${hosted.code.nameplate}-abacate-abacate`);
    await expect(enterCode({ ...options(), code: guess })).rejects.toThrow('code-wrong');
    expect(await end).toBe('code-ended');
    expect(wrong).toHaveLength(1);
  });

  it('W30 gives each receiver of a code for many a key of its own, all at once', async () => {
    const { hosted, met, hasMet } = await host(true, compactCodeForm);
    expect(hosted.isForMany).toBe(true);
    const receivers = await Promise.all(
      Array.from({ length: 20 }, () => enterCode({ ...options(), code: hosted.code })),
    );
    await hasMet(20);
    const verifiers = new Set(met.map(({ verifier }) => Buffer.from(verifier).toString('hex')));
    expect(verifiers.size).toBe(20);
    for (const { verifier } of receivers) expect(verifiers.has(Buffer.from(verifier).toString('hex'))).toBe(true);
    await hosted.close();
    met[0]?.send({ still: 'here' });
    const first = receivers.find(({ verifier }) => Buffer.compare(verifier, met[0]?.verifier ?? verifier) === 0);
    expect(await first?.receive()).toEqual({ still: 'here' });
  });

  it('W12 tells who says the code of nobody, or a dead one, no more than who says a wrong one', async () => {
    const enter = (text: string): Promise<Wormhole> =>
      enterCode({ ...options(), code: parseCode(text), patienceMs: 300 });
    await expect(enter('4711-abacate-abacate')).rejects.toThrow('code-wrong');
    const { hosted } = await host(true);
    await hosted.close();
    await expect(enter(hosted.code.text)).rejects.toThrow('code-wrong');
  });

  it('W32 ends a code for many after so many wrong proofs, and not before', async () => {
    const { hosted, met, wrong, end, hasMet } = await host(true);
    const guess = parseCode(`${hosted.code.nameplate}-abacate-abacate`);
    for (let failures = 1; failures < maxWrongProofs; failures++) {
      await expect(enterCode({ ...options(), code: guess })).rejects.toThrow('code-wrong');
    }
    await enterCode({ ...options(), code: hosted.code });
    await hasMet(1);
    expect(met).toHaveLength(1);
    await expect(enterCode({ ...options(), code: guess })).rejects.toThrow('code-wrong');
    expect(await end).toBe('code-ended');
    expect(wrong).toEqual([4, 3, 2, 1, 0]);
  });

  it('W4 calls a nameplate of two crowded', async () => {
    const { hosted } = await host(false);
    await enterCode({ ...options(), code: hosted.code });
    const late = await host(false);
    const both = [late.hosted.code, late.hosted.code].map((code) => enterCode({ ...options(), code }));
    const settled = await Promise.allSettled(both);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('W6 goes on with a code after the server was away', async () => {
    const { hosted, hasMet } = await host(true);
    const { port } = net.tracker.address;
    await net.restart(port);
    await enterCode({ ...options(), code: hosted.code });
    await hasMet(1);
  });

  it('W7 answers garbage with an error, and lives', async () => {
    const socket = new WebSocket(url());
    const said: string[] = [];
    socket.on('message', (data) => said.push((JSON.parse((data as Buffer).toString()) as { type: string }).type));
    await once(socket, 'open');
    for (const text of [
      '',
      'null',
      '[]',
      '{}',
      '{"type":"bind"}',
      '{"type":"add","phase":"0","body":"00"}',
      '\u0000',
    ]) {
      socket.send(text);
    }
    socket.send('{"type":"open","mailbox":"x"}');
    socket.send('{"type":"ping","ping":7}');
    while (said.at(-1) !== 'pong') await once(socket, 'message');
    expect(said.filter((type) => type === 'error')).toHaveLength(8);
    socket.close();
  });

  it('W7 ends who floods it', async () => {
    const socket = new WebSocket(url());
    await once(socket, 'open');
    for (let count = 0; count < 500; count++) socket.send('{"type":"ping","ping":1}');
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1008);
  });
});
