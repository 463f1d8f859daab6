import type { CodeId, CodeReceiver } from '@enxame/shared/engine/code';
import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { sendOffer, sendText } from '@enxame/wormhole/file-transfer/send-offer';
import { openTransit } from '@enxame/wormhole/transit/transit';
import type { Wormhole } from '@enxame/wormhole/wormhole';
import { createRateMeter } from '../../peer/rate-meter.js';
import { toPlainSendRecord } from './plain-send-record.js';
import { toHex, type CodeDeps } from '../code-deps.js';
import type { PreparedOffer } from '../code-offer.js';
import type { Rendezvous } from '../mailbox-url.js';

/** A receiver of any other program: it gets everything over one connection, or nothing. */
export interface PlainReceiver {
  readonly view: CodeReceiver;
  /** Delivers; never throws: what goes wrong is in the view. */
  run(signal: AbortSignal): Promise<void>;
}

export function createPlainReceiver(
  options: {
    readonly codeId: CodeId;
    readonly number: number;
    readonly wormhole: Wormhole;
    readonly offer: PreparedOffer;
    readonly rendezvous: Rendezvous;
    readonly onChange: () => void;
  },
  deps: CodeDeps,
): PlainReceiver {
  const { wormhole, offer, rendezvous } = options;
  const rate = createRateMeter(deps.now);
  let view: CodeReceiver = {
    number: options.number,
    state: 'deciding',
    verifier: toHex(wormhole.verifier),
    personName: null,
    way: 'text' in offer ? null : 'plain',
    bytesDone: 0,
    bytesPerSecond: 0,
    path: null,
    startedAt: deps.now(),
    error: null,
  };

  function update(change: Partial<CodeReceiver>): void {
    view = { ...view, ...change };
    options.onChange();
  }

  /** Resolves with the SHA-256 of what was sent; of a text nothing is remembered. */
  async function deliver(signal: AbortSignal): Promise<string | undefined> {
    if ('text' in offer) {
      await sendText(wormhole, offer.text);
      return undefined;
    }
    const transit = await openTransit({
      role: 'sender',
      transitKey: wormhole.transitKey,
      hosts: deps.hosts(),
      relays: rendezvous.relays,
      side: toHex(deps.randomBytes(8)),
      sealing: deps.sealing,
      signal,
    });
    try {
      const { sha256 } = await sendOffer({
        wormhole,
        transit,
        offer: offer.wire,
        bytes: offer.bytes,
        onPath: (path) => {
          update({ state: 'moving', path });
        },
        onSent: (bytes) => {
          rate.add(bytes);
          // What a zip has beside the files is nobody's progress.
          update({ bytesDone: Math.min(offer.shown.size, view.bytesDone + bytes) });
        },
      });
      return sha256;
    } finally {
      transit.close();
    }
  }

  return {
    get view() {
      return { ...view, bytesPerSecond: view.state === 'moving' ? rate.bytesPerSecond() : 0 };
    },
    run: async (signal) => {
      try {
        const sha256 = await deliver(signal);
        if (sha256 !== undefined) {
          const { codeId } = options;
          const finishedAt = deps.now();
          await deps.remember(toPlainSendRecord(codeId, view, { shown: offer.shown, sha256, finishedAt }));
        }
        update({ state: 'received', bytesDone: offer.shown.size });
      } catch (thrown) {
        if (!(thrown instanceof EnxameError)) deps.logger.error({ err: thrown }, 'sending by code failed');
        update({ state: 'failed', error: toErrorInfo(thrown) });
      } finally {
        await wormhole.close();
      }
    },
  };
}
