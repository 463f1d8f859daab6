import type { Carrier } from '@enxame/shared/engine/carrier';
import { callFrameSchema } from '@enxame/shared/engine/carrier';
import type { EngineEventName, EngineEvents } from '@enxame/shared/engine/events';
import { createPortCarrier } from '@enxame/shared/engine/port-carrier';
import type { EngineStatus } from '@enxame/shared/engine/status';
import type { Transfer } from '@enxame/shared/engine/transfer';
import type { Codes } from '../feed/engine-feed.js';
import type { StandInPort } from './stand-in-process.js';

/** The engine's end of the shell's own channel: answers what is asked at the start, keeps what is asked later. */
export class FakeEngine {
  readonly calls: { call: string; payload: unknown }[] = [];
  refusal: { code: string } | undefined;
  readonly #carrier: Carrier;
  #status: EngineStatus;
  constructor(port: StandInPort, given: { status?: EngineStatus; transfers?: Transfer[]; codes?: Codes } = {}) {
    this.#status = given.status ?? statusOf();
    const answers: Record<string, unknown> = {
      'status:get': this.#status,
      'transfers:list': { transfers: given.transfers ?? [] },
      'codes:list': given.codes ?? { sends: [], receives: [] },
    };
    this.#carrier = createPortCarrier(port);
    this.#carrier.onFrame((raw) => {
      const { id, call, payload } = callFrameSchema.parse(raw);
      const isFirst = Object.hasOwn(answers, call);
      if (!isFirst) this.calls.push({ call, payload });
      const answer =
        this.refusal && !isFirst ? { ok: false, error: this.refusal } : { ok: true, reply: answers[call] ?? {} };
      this.#carrier.send({ id, answer });
    });
  }
  emit<N extends EngineEventName>(event: N, payload: EngineEvents[N]): void {
    this.#carrier.send({ event, payload });
  }
  /** Changes settings, as a page would. */
  set(settings: Partial<EngineStatus['settings']>): void {
    this.#status = { ...this.#status, settings: { ...this.#status.settings, ...settings } };
    this.emit('status:changed', this.#status);
  }
  /** Other speeds. */
  move(receiveBytesPerSecond: number, sendBytesPerSecond: number): void {
    this.#status = { ...this.#status, rates: { receiveBytesPerSecond, sendBytesPerSecond } };
    this.emit('status:changed', this.#status);
  }
  transfer(...upserted: Transfer[]): void {
    this.emit('transfers:changed', { upserted, removed: [] });
  }
}

export function statusOf(settings: Partial<EngineStatus['settings']> = {}): EngineStatus {
  return {
    version: '1.2.3',
    device: { id: 'd' as EngineStatus['device']['id'], name: 'ana-thinkpad' },
    user: { id: 'u' as NonNullable<EngineStatus['user']>['id'], name: 'Ana' },
    tracker: {
      url: 'https://127.0.0.1:7667',
      trackerId: 't' as NonNullable<EngineStatus['tracker']>['trackerId'],
      name: 'Lab Oceano',
      words: 'mel-trigo-farol-41',
      connected: true,
      since: 0,
      nextTryAt: null,
      error: null,
    },
    suggestedTracker: null,
    settings: {
      downloadsFolder: '/home/ana/Enxame',
      deviceName: 'ana-thinkpad',
      language: 'en',
      theme: 'system',
      ...settings,
    },
    addresses: [],
    rates: { receiveBytesPerSecond: 0, sendBytesPerSecond: 0 },
  };
}
