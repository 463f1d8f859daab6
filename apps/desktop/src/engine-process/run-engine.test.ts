import { EventEmitter, once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import type { Engine } from '@enxame/engine/engine';
import type { Carrier } from '@enxame/shared/engine/carrier';
import { createPortCarrier } from '@enxame/shared/engine/port-carrier';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { describe, expect, it } from 'vitest';
import { findParentPort, type ParentPort } from './parent-port.js';
import { runEngine } from './run-engine.js';

class Parent extends EventEmitter implements ParentPort {
  readonly told: unknown[] = [];
  postMessage(message: unknown): void {
    this.told.push(message);
    this.emit('told');
  }
  /** Main hands over one end of a channel; the other is the page's. */
  givePort(): Carrier {
    const { port1, port2 } = new MessageChannel();
    this.emit('message', { data: { type: 'port' }, ports: [port1] });
    return createPortCarrier(port2);
  }
}

/** An engine that sends back what it is sent. */
function createEcho(): Engine & { closes: number } {
  const echo = {
    closes: 0,
    addresses: [],
    answerPreview: () => Promise.reject(new EnxameError('not-found')),
    accept: (carrier: Carrier) => {
      carrier.onFrame((frame) => {
        carrier.send({ echo: frame });
      });
    },
    close: () => {
      echo.closes++;
      return Promise.resolve();
    },
  };
  return echo;
}

function start(createEngine: () => Promise<Engine>) {
  const parent = new Parent();
  const internals: unknown[] = [];
  let signal = (): void => undefined;
  const exitCode = runEngine({
    parentPort: parent,
    createEngine,
    listenPreviews: () => Promise.resolve({ port: 41_000, close: () => Promise.resolve() }),
    onStopSignal: (stop) => (signal = stop),
    onInternal: (error) => internals.push(error),
  });
  return { parent, internals, exitCode, signal: () => signal() };
}

function firstFrame(carrier: Carrier): Promise<unknown> {
  return new Promise((resolve) => carrier.onFrame(resolve));
}

describe('engine process', () => {
  it('gives the engine a carrier for each port, before and after it runs', async () => {
    let engineStarts = (engine: Engine): void => expect(engine).toBeDefined();
    const { parent, exitCode } = start(() => new Promise((resolve) => (engineStarts = resolve)));
    const early = parent.givePort();
    const earlyAnswer = firstFrame(early);
    early.send('early');
    expect(parent.told).toEqual([]);
    const echo = createEcho();
    engineStarts(echo);
    expect(await earlyAnswer).toEqual({ echo: 'early' });
    expect(parent.told).toEqual([{ type: 'previews', port: 41_000 }, { type: 'ready' }]);

    const late = parent.givePort();
    const lateAnswer = firstFrame(late);
    late.send('late');
    expect(await lateAnswer).toEqual({ echo: 'late' });

    parent.emit('message', { data: { type: 'stop' }, ports: [] });
    expect(await exitCode).toBe(0);
    expect(echo.closes).toBe(1);
    for (const carrier of [early, late]) carrier.close();
  });

  it('closes the engine when a signal asks, also one that came before it ran', async () => {
    const echo = createEcho();
    const { exitCode, signal, parent } = start(() => Promise.resolve(echo));
    signal();
    expect(await exitCode).toBe(0);
    expect(echo.closes).toBe(1);
    expect(parent.told).toEqual([{ type: 'previews', port: 41_000 }, { type: 'ready' }]);
  });

  it('tells why the engine could not start, and exits when that was heard', async () => {
    const locked = new EnxameError('data-folder-locked', { folder: '/data' });
    const { parent, exitCode } = start(() => Promise.reject(locked));
    await once(parent, 'told');
    expect(parent.told).toEqual([
      { type: 'failed', error: { code: 'data-folder-locked', params: { folder: '/data' } } },
    ]);
    parent.emit('message', { data: { type: 'stop' }, ports: [] });
    expect(await exitCode).toBe(1);
  });

  it('tells internal, without detail, for what is no error of Enxame, and its own log the rest', async () => {
    const failure = new Error('/home/ana/secret');
    const { parent, internals, exitCode } = start(() => Promise.reject(failure));
    await once(parent, 'told');
    expect(parent.told).toEqual([{ type: 'failed', error: { code: 'internal' } }]);
    parent.emit('message', { data: { type: 'stop' }, ports: [] });
    expect(await exitCode).toBe(1);
    expect(internals).toEqual([failure]);
  });

  it('ignores what it does not understand', async () => {
    const { parent, exitCode } = start(() => Promise.resolve(createEcho()));
    if (parent.told.length === 0) await once(parent, 'told');
    for (const data of [undefined, null, 'stop', {}, { type: 'exit' }]) parent.emit('message', { data, ports: [] });
    const carrier = parent.givePort();
    const answer = firstFrame(carrier);
    carrier.send(1);
    expect(await answer).toEqual({ echo: 1 });
    carrier.close();
    parent.emit('message', { data: { type: 'stop' }, ports: [] });
    expect(await exitCode).toBe(0);
  });

  it('knows that it was not forked by Electron', () => {
    expect(findParentPort(process)).toBeUndefined();
    expect(findParentPort({})).toBeUndefined();
  });
});
