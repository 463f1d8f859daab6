import { describe, expect, it } from 'vitest';
import { EnxameError } from '../errors/enxame-error.js';
import { engineCalls } from './calls.js';
import type { Carrier } from './carrier.js';
import { createEngineClient } from './engine-client.js';
import { createEngineHost, type EngineHandlers, type EngineHost, type EngineSession } from './engine-host.js';
import { createMemoryCarrierPair } from './memory-carrier.js';

describe('engine host', () => {
  it('gives a handler the parsed payload and its own session, and answers with the reply', async () => {
    const seen: unknown[] = [];
    const { connect } = createHost({
      'tracker:probe': (payload, session) => {
        seen.push(payload, session.id);
        throw new EnxameError('tracker-unreachable', { address: payload.url });
      },
      'shares:list': () => ({ shares: [] }),
    });
    const client = connect();
    await expect(client.call('tracker:probe', { url: 'mel' })).rejects.toMatchObject({
      code: 'tracker-unreachable',
      params: { address: 'mel' },
    });
    expect(await client.call('shares:list', {})).toEqual({ shares: [] });
    expect(seen).toEqual([{ url: 'mel' }, 0]);
  });

  it('fills in defaults before the handler sees a payload', async () => {
    const trusts: boolean[] = [];
    const { connect } = createHost({
      'tracker:use': ({ trust }) => {
        trusts.push(trust);
        throw new EnxameError('cancelled');
      },
    });
    await expect(connect().call('tracker:use', { url: 'mel' })).rejects.toMatchObject({ code: 'cancelled' });
    expect(trusts).toEqual([false]);
  });

  it.each(['toString', 'constructor', '__proto__', 'status:set', ''])('does not know the call %j', async (name) => {
    const { connect } = createHost({});
    await expect(connect().call(name as 'status:get', {})).rejects.toMatchObject({ code: 'not-supported' });
  });

  it.each([
    ['missing', undefined],
    ['of another type', 'text'],
    ['with a key too many', { url: 'mel', extra: 1 }],
    ['over its limit', { url: 'x'.repeat(3000) }],
  ])('answers bad-request to a payload that is %s, and goes on', async (_, payload) => {
    const { connect, internals } = createHost({ 'shares:list': () => ({ shares: [] }) });
    const client = connect();
    await expect(client.call('tracker:probe', payload as never)).rejects.toMatchObject({ code: 'bad-request' });
    expect(await client.call('shares:list', {})).toEqual({ shares: [] });
    expect(internals).toEqual([]);
  });

  it('answers internal, without detail, when a handler breaks, and tells its own log', async () => {
    const failure = new Error('/home/ana/secret');
    const { connect, internals } = createHost({
      'status:get': () => {
        throw failure;
      },
    });
    const error: unknown = await connect()
      .call('status:get', {})
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'internal' });
    expect(JSON.stringify(error)).not.toContain('secret');
    expect(internals).toEqual([[failure, 'status:get']]);
  });

  it('answers internal when a reply cannot cross the wire', async () => {
    const { connect, internals } = createHost({ 'shares:list': () => ({ shares: [1n] as never }) });
    await expect(connect().call('shares:list', {})).rejects.toMatchObject({ code: 'internal' });
    expect(internals).toHaveLength(1);
  });

  it.each([null, 'text', 7, [[]], {}, { id: 'a', call: 'status:get' }, { id: 1.5, call: 'status:get', payload: {} }])(
    'ends the session that sends %j instead of a call, and no other',
    async (frame) => {
      const { connect, host } = createHost({ 'shares:list': () => ({ shares: [] }) });
      const good = connect();
      const bad = connectRaw(host);
      bad.send(frame);
      await closed(bad);
      expect(await good.call('shares:list', {})).toEqual({ shares: [] });
    },
  );

  it('broadcasts to every interface, and emits to one', async () => {
    const sessions: EngineSession[] = [];
    const { connect, host } = createHost({
      'shares:list': (_, session) => {
        sessions.push(session);
        return { shares: [] };
      },
    });
    const heard: string[] = [];
    const clients = ['ana', 'rui'].map((name) => {
      const client = connect();
      client.on('notice:raised', ({ code }) => heard.push(`${name} ${code}`));
      return client;
    });
    for (const client of clients) await client.call('shares:list', {});
    host.broadcast('notice:raised', { code: 'disk-full' });
    sessions[1]?.emit('notice:raised', { code: 'document-broken' });
    for (const client of clients) await client.call('shares:list', {});
    expect(heard.sort()).toEqual(['ana disk-full', 'rui disk-full', 'rui document-broken']);
  });

  it('tells once that a session ended, and answers nobody who left', async () => {
    let release = (): void => undefined;
    const { connect, ended } = createHost({
      'shares:list': () => new Promise((resolve) => (release = () => resolve({ shares: [] }))),
    });
    const client = connect();
    const call = client.call('shares:list', {});
    await Promise.resolve(); // the call is on its way
    client.close();
    await expect(call).rejects.toMatchObject({ code: 'engine-stopped' });
    expect(await ended.next()).toBe(0);
    release();
    client.close();
    const second = connect();
    second.close();
    expect(await ended.next()).toBe(1);
  });

  it('ends every session when it closes, twice without harm, and takes no more', async () => {
    const { connect, host, ended } = createHost({});
    const clients = [connect(), connect()];
    host.close();
    host.close();
    for (const client of clients)
      await expect(client.call('status:get', {})).rejects.toMatchObject({ code: 'engine-stopped' });
    expect([await ended.next(), await ended.next()]).toEqual([0, 1]);
    await closed(connectRaw(host));
  });
});

function createHost(handlers: Partial<EngineHandlers>): {
  host: EngineHost;
  connect: () => ReturnType<typeof createEngineClient>;
  internals: [unknown, string][];
  ended: { next: () => Promise<number> };
} {
  const internals: [unknown, string][] = [];
  const endedIds: number[] = [];
  let wake = (): void => undefined;
  const refuse = Object.fromEntries(
    Object.keys(engineCalls).map((name) => [
      name,
      () => {
        throw new EnxameError('not-found', { call: name });
      },
    ]),
  );
  const host = createEngineHost({
    handlers: { ...refuse, ...handlers } as EngineHandlers,
    onInternal: (error, call) => internals.push([error, call]),
    onSessionEnd: ({ id }) => {
      endedIds.push(id);
      wake();
    },
  });
  const next = async (): Promise<number> => {
    while (endedIds.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return endedIds.shift() ?? -1;
  };
  return { host, connect: () => createEngineClient(connectRaw(host)), internals, ended: { next } };
}

function connectRaw(host: EngineHost): Carrier {
  const [left, right] = createMemoryCarrierPair();
  host.accept(right);
  return left;
}

function closed(carrier: Carrier): Promise<void> {
  return new Promise((resolve) => {
    carrier.onClose(resolve);
  });
}
