import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { describeCarrierContract } from './carrier-contract.js';
import { createPortCarrier } from './port-carrier.js';

// In Node this is also the MessageChannel of the DOM: one class behind both names.
describeCarrierContract('MessagePort', {
  createPair: () => {
    const { port1, port2 } = new MessageChannel();
    return { left: createPortCarrier(port1), right: createPortCarrier(port2), port1, dispose: () => undefined };
  },
  sendGarbageToRight: ({ port1 }) => {
    port1.postMessage({ not: 'text' });
  },
  cut: ({ port1 }) => {
    port1.close();
  },
});

describeCarrierContract('MessagePortMain of Electron (stand-in)', {
  createPair: () => {
    const [port1, port2] = createMainPortPair();
    return { left: createPortCarrier(port1), right: createPortCarrier(port2), port1, port2, dispose: () => undefined };
  },
  sendGarbageToRight: ({ port1 }) => {
    port1.postMessage('{"half":');
  },
  cut: ({ port1, port2 }) => {
    port1.disconnect();
    port2.disconnect();
  },
});

describe('port carrier', () => {
  it('misses no frame that was posted before the port was started', async () => {
    const { port1, port2 } = new MessageChannel();
    port1.postMessage('"early"');
    const carrier = createPortCarrier(port2);
    expect(await new Promise((resolve) => carrier.onFrame(resolve))).toBe('early');
    carrier.close();
  });
});

/**
 * Electron's MessagePortMain as its documentation has it: an emitter whose messages wait until `start()`, whose
 * listener gets an event with `data`, and which emits `close` when the other end is gone, not for its own `close()`.
 */
class MainPort extends EventEmitter {
  #peer: MainPort | undefined;
  #queue: (() => void)[] = [];
  #started = false;
  #open = true;

  join(peer: MainPort): void {
    this.#peer = peer;
  }
  postMessage(data: unknown): void {
    const copy: unknown = structuredClone(data);
    if (this.#open) this.#peer?.enqueue(() => this.#peer?.emit('message', { data: copy, ports: [] }));
  }
  start(): void {
    this.#started = true;
    for (const step of this.#queue.splice(0)) setImmediate(step);
  }
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#peer?.enqueue(() => this.#peer?.disconnect());
  }
  disconnect(): void {
    if (!this.#open) return;
    this.#open = false;
    this.emit('close');
  }
  enqueue(step: () => void): void {
    if (this.#started) setImmediate(step);
    else this.#queue.push(step);
  }
}

function createMainPortPair(): [MainPort, MainPort] {
  const ports: [MainPort, MainPort] = [new MainPort(), new MainPort()];
  ports[0].join(ports[1]);
  ports[1].join(ports[0]);
  return ports;
}
