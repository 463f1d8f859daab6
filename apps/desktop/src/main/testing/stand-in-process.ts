import { EventEmitter } from 'node:events';

export interface PortFacts {
  readonly channel: number;
  readonly end: 1 | 2;
}

/** A MessagePortMain. What one end sends, the other hears in a later turn. */
export class StandInPort extends EventEmitter {
  readonly facts: PortFacts;
  peer: StandInPort | undefined;
  closed = false;
  constructor(facts: PortFacts) {
    super();
    this.facts = facts;
  }
  start(): void {
    // Listeners are there already.
  }
  postMessage(data: unknown): void {
    queueMicrotask(() => this.peer?.emit('message', { data }));
  }
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.emit('close', {});
    this.peer?.close();
  }
}

/** A MessageChannelMain. */
export function createChannel(channel: number): { port1: StandInPort; port2: StandInPort } {
  const port1 = new StandInPort({ channel, end: 1 });
  const port2 = new StandInPort({ channel, end: 2 });
  port1.peer = port2;
  port2.peer = port1;
  return { port1, port2 };
}

export class StandInProcess extends EventEmitter {
  readonly posted: { message: unknown; ports: readonly PortFacts[] }[] = [];
  /** The ports themselves. */
  readonly ports: StandInPort[] = [];
  killed = false;
  postMessage(message: unknown, ports: readonly StandInPort[] = []): void {
    this.ports.push(...ports);
    this.posted.push({ message, ports: ports.map(({ facts }) => facts) });
  }
  kill(): boolean {
    this.killed = true;
    this.exit(1);
    return true;
  }
  /** With a process go its ports. */
  exit(code: number): void {
    for (const port of this.ports) port.close();
    this.emit('exit', code);
  }
}
