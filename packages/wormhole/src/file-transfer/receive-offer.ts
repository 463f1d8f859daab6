import { createHash } from 'node:crypto';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { encodeTransitMessage, parseTransitMessage, type Hints } from '../transit/hints.js';
import type { RecordPipe } from '../transit/record-pipe.js';
import type { Transit } from '../transit/transit.js';
import type { Wormhole } from '../wormhole.js';
import { parseFileTransferMessage, type Offer } from './messages.js';

/** What somebody wants to send, before anything was accepted. Names and sizes are claims. */
export interface ReceivedOffer {
  readonly offer: Offer;
  /** Says no, in words that other programs know. */
  refuse(): void;
  /** A text is here already: says so to the sender. */
  acknowledgeText(): void;
  /**
   * Says yes, and hands on every byte in order. Resolves with the SHA-256 when `write` has taken all of them, after
   * which the sender is told. Throws `path-blocked`, `other-side-left`, `source-lied` for more bytes than were offered, and
   * what `write` throws.
   */
  accept(options: {
    readonly transit: Transit;
    readonly write: (chunk: Uint8Array) => Promise<void>;
    /** Called after the last byte and before the sender is told: a throw tells it nothing. */
    readonly finish: () => Promise<void>;
    readonly onPath: (path: 'direct' | 'relay') => void;
  }): Promise<{ sha256: string }>;
}

/** Waits for the sender's offer; `first` is what it said already. Throws `offer-invalid`, `other-side-failed`, `other-side-left`. */
export async function receiveOffer(wormhole: Wormhole, first?: unknown): Promise<ReceivedOffer> {
  let theirs: Hints = { direct: [], relays: [] };
  for (let said = first ?? (await wormhole.receive()); ; said = await wormhole.receive()) {
    const { offer, transit } = parseFileTransferMessage(said);
    if (transit) theirs = parseTransitMessage(transit);
    if (offer) return createReceivedOffer(wormhole, offer, () => theirs);
  }
}

function createReceivedOffer(wormhole: Wormhole, offer: Offer, theirs: () => Hints): ReceivedOffer {
  return {
    offer,
    refuse: () => {
      wormhole.send({ error: 'transfer rejected' });
    },
    acknowledgeText: () => {
      wormhole.send({ answer: { message_ack: 'ok' } });
    },
    accept: async ({ transit, write, finish, onPath }) => {
      wormhole.send({ transit: encodeTransitMessage(transit.hints) });
      wormhole.send({ answer: { file_ack: 'ok' } });
      const { pipe, path } = await transit.connect(theirs());
      onPath(path);
      try {
        const sha256 = await receiveBytes(pipe, sizeOf(offer), write);
        await finish();
        await pipe.send(Buffer.from(JSON.stringify({ ack: 'ok', sha256 })));
        await pipe.end();
        return { sha256 };
      } finally {
        pipe.destroy();
      }
    },
  };
}

async function receiveBytes(
  pipe: RecordPipe,
  size: number,
  write: (chunk: Uint8Array) => Promise<void>,
): Promise<string> {
  const hash = createHash('sha256');
  for (let left = size; left > 0;) {
    const bytes = await pipe.receive();
    if (!bytes) throw new EnxameError('other-side-left');
    left -= bytes.length;
    if (left < 0) throw new EnxameError('source-lied');
    hash.update(bytes);
    await write(bytes);
  }
  return hash.digest('hex');
}

function sizeOf(offer: Offer): number {
  if ('file' in offer) return offer.file.filesize;
  if ('directory' in offer) return offer.directory.zipsize;
  return 0;
}
