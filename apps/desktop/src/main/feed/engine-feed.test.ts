import { createMemoryCarrierPair } from '@enxame/shared/engine/memory-carrier';
import { describe, expect, it } from 'vitest';
import { FakeEngine } from '../testing/fake-engine.js';
import { createChannel } from '../testing/stand-in-process.js';
import { settled } from '../testing/start-test-shell.js';
import { transferOf } from '../testing/transfers.js';
import { createPortCarrier } from '@enxame/shared/engine/port-carrier';
import { createEngineFeed, type FeedState } from './engine-feed.js';

function createFeed() {
  const changes: FeedState[] = [];
  const logged: unknown[] = [];
  const feed = createEngineFeed({ onChange: (now) => changes.push(now), log: (error) => logged.push(error) });
  let channels = 0;
  const connect = (given?: ConstructorParameters<typeof FakeEngine>[1]) => {
    const { port1, port2 } = createChannel(++channels);
    const engine = new FakeEngine(port1, given);
    feed.connect(createPortCarrier(port2));
    return { engine, port: port1 };
  };
  return { feed, changes, logged, connect };
}

describe('what the shell hears of the engine', () => {
  it('begins with all of it, and goes on with what changes', async () => {
    const { feed, changes, connect } = createFeed();
    const transfer = transferOf();
    const { engine } = connect({ transfers: [transfer] });
    engine.transfer(transferOf()); // before the first answers: it is in them
    await settled();
    expect(changes).toHaveLength(1);
    expect([...feed.state.transfers.values()]).toEqual([transfer]);
    engine.emit('transfers:changed', { upserted: [], removed: [transfer.id] });
    await settled();
    expect(feed.state.transfers.size).toBe(0);
    expect(changes[0]?.transfers.size).toBe(1);
  });

  it('is nothing when the engine is gone, and all of it again with the next', async () => {
    const { feed, changes, connect } = createFeed();
    const { port } = connect();
    await settled();
    port.close();
    expect(feed.state.status).toBeNull();
    await expect(feed.call('status:get', {})).rejects.toMatchObject({ code: 'engine-stopped' });
    connect();
    await settled();
    expect(feed.state.status).not.toBeNull();
    expect(changes).toHaveLength(3);
  });

  it('is that of the newest engine: what one before it still says does not count', async () => {
    const { feed, changes, logged, connect } = createFeed();
    const { engine: old } = connect();
    await settled();
    const { engine: next } = connect();
    old.set({ deviceName: 'antigo' });
    await settled();
    next.set({ deviceName: 'novo' });
    await settled();
    expect(feed.state.status?.settings.deviceName).toBe('novo');
    expect(changes.map(({ status }) => status?.settings.deviceName)).not.toContain('antigo');
    expect(logged).toEqual([]);
  });

  it('tells its log when an engine refuses to say how it stands', async () => {
    const { feed, changes, logged } = createFeed();
    const [shellEnd, engineEnd] = createMemoryCarrierPair();
    engineEnd.onFrame((frame: unknown) => {
      const { id } = frame as { id: number };
      engineEnd.send({ id, answer: { ok: false, error: { code: 'internal' } } });
    });
    feed.connect(shellEnd);
    await settled();
    expect(logged).toMatchObject([{ code: 'internal' }]);
    expect(changes).toEqual([]);
    feed.close();
    feed.close();
    createFeed().feed.close();
  });
});
