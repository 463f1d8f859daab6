import { describe, expect, it } from 'vitest';
import type { Carrier } from './carrier.js';
import { createEngineClient } from './engine-client.js';
import { createMemoryCarrierPair } from './memory-carrier.js';

describe('engine client', () => {
  it('numbers its calls and matches answers that come in another order', async () => {
    const { client, engine, calls } = createPair();
    const first = client.call('status:get', {});
    const second = client.call('shares:list', {});
    await calls(2);
    engine.send({ id: 1, answer: { ok: true, reply: { shares: [] } } });
    engine.send({ id: 0, answer: { ok: true, reply: 'the status' } });
    expect(await second).toEqual({ shares: [] });
    expect(await first).toBe('the status');
  });

  it('sends the payload as it was written', async () => {
    const { client, calls } = createPair();
    client.call('tracker:use', { url: 'mel.example:7667' }).catch(() => undefined);
    expect(await calls(1)).toEqual([{ id: 0, call: 'tracker:use', payload: { url: 'mel.example:7667' } }]);
  });

  it('throws the error that the engine answered, with its parameters', async () => {
    const { client, engine, calls } = createPair();
    const call = client.call('user:register', { name: 'Ana' });
    await calls(1);
    engine.send({ id: 0, answer: { ok: false, error: { code: 'name-taken', params: { name: 'Ana' } } } });
    await expect(call).rejects.toMatchObject({ name: 'EnxameError', code: 'name-taken', params: { name: 'Ana' } });
  });

  it('reads a code that it does not know as internal', async () => {
    const { client, engine, calls } = createPair();
    const call = client.call('status:get', {});
    await calls(1);
    engine.send({ id: 0, answer: { ok: false, error: { code: 'from-the-future' } } });
    await expect(call).rejects.toMatchObject({ code: 'internal' });
  });

  it('ends a call whose answer it cannot read, and no other', async () => {
    const { client, engine, calls } = createPair();
    const unreadable = client.call('status:get', {});
    const other = client.call('shares:list', {});
    await calls(2);
    engine.send({ id: 0, answer: 'what is this' });
    await expect(unreadable).rejects.toMatchObject({ code: 'bad-request' });
    engine.send({ id: 1, answer: { ok: true, reply: { shares: [] } } });
    expect(await other).toEqual({ shares: [] });
  });

  it('survives frames that mean nothing to it', async () => {
    const { client, engine, calls } = createPair();
    const call = client.call('shares:list', {});
    await calls(1);
    for (const frame of [null, 7, 'text', [], {}, { id: -1, answer: {} }, { id: 99, answer: { ok: true, reply: 1 } }]) {
      engine.send(frame);
    }
    engine.send({ event: 'from-the-future', payload: 1 });
    engine.send({ id: 0, answer: { ok: true, reply: { shares: [] } } });
    expect(await call).toEqual({ shares: [] });
  });

  it('tells events to those who listen, until they stop', async () => {
    const { client, engine, calls } = createPair();
    const heard: string[] = [];
    const stop = client.on('notice:raised', ({ code }) => heard.push(`first ${code}`));
    client.on('notice:raised', ({ code }) => heard.push(`second ${code}`));
    engine.send({ event: 'notice:raised', payload: { code: 'document-broken' } });
    await settled(client, engine, calls);
    stop();
    stop();
    engine.send({ event: 'notice:raised', payload: { code: 'disk-full' } });
    await settled(client, engine, calls);
    expect(heard).toEqual(['first document-broken', 'second document-broken', 'second disk-full']);
  });

  it('fails what waits with engine-stopped when the engine goes, and what is asked afterwards', async () => {
    const { client, engine, calls } = createPair();
    const waiting = client.call('status:get', {});
    await calls(1);
    engine.close();
    await expect(waiting).rejects.toMatchObject({ code: 'engine-stopped' });
    await expect(client.call('status:get', {})).rejects.toMatchObject({ code: 'engine-stopped' });
  });

  it('fails calls at once on a carrier that was closed before', async () => {
    const [left] = createMemoryCarrierPair();
    left.close();
    const client = createEngineClient(left);
    await new Promise<void>((resolve) => {
      client.onClose(resolve);
    });
    await expect(client.call('status:get', {})).rejects.toMatchObject({ code: 'engine-stopped' });
  });

  it('rejects a call that cannot be sent, and leaves nothing waiting', async () => {
    const { client, engine } = createPair();
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    await expect(client.call('share:add', circular as never)).rejects.toThrow(TypeError);
    client.close();
    client.close();
    engine.close();
  });
});

function createPair(): {
  client: ReturnType<typeof createEngineClient>;
  engine: Carrier;
  calls: (count: number) => Promise<unknown[]>;
} {
  const [left, right] = createMemoryCarrierPair();
  const seen: unknown[] = [];
  let waiting: (() => void) | undefined;
  right.onFrame((frame) => {
    seen.push(frame);
    waiting?.();
  });
  const calls = (count: number): Promise<unknown[]> =>
    new Promise((resolve) => {
      waiting = () => {
        if (seen.length >= count) resolve(seen);
      };
      waiting();
    });
  return { client: createEngineClient(left), engine: right, calls };
}

/** A call that was asked and answered after what went before has been handled: frames keep their order. */
async function settled(
  client: ReturnType<typeof createEngineClient>,
  engine: Carrier,
  calls: (count: number) => Promise<unknown[]>,
): Promise<void> {
  const before = (await calls(0)).length;
  const call = client.call('transfers:list', {});
  const frames = await calls(before + 1);
  engine.send({ id: (frames[before] as { id: number }).id, answer: { ok: true, reply: { transfers: [] } } });
  await call;
}
