import { createHash } from 'node:crypto';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { encodeTransitMessage, parseTransitMessage, type Hints } from '../transit/hints.js';
import type { RecordPipe } from '../transit/record-pipe.js';
import type { Transit } from '../transit/transit.js';
import type { Wormhole } from '../wormhole.js';
import { ackSchema, parseFileTransferMessage, type Offer } from './messages.js';

/** What goes through the wormhole when the offer is accepted. */
export interface OfferedBytes {
  readonly size: number;
  /** From the beginning, exactly `size` bytes. */
  read(): AsyncIterable<Uint8Array>;
}

/** Sends a text. Resolves when the other side has said that it has it. Throws `offer-refused`, `other-side-left`. */
export async function sendText(wormhole: Wormhole, text: string): Promise<void> {
  wormhole.send({ offer: { message: text } });
  for (;;) {
    const { answer } = parseFileTransferMessage(await wormhole.receive());
    if (answer) {
      if (!('message_ack' in answer)) throw new EnxameError('offer-invalid');
      return;
    }
  }
}

/**
 * Offers a file or a zipped folder to any program that speaks the protocol. Resolves with the SHA-256 of what was sent,
 * which the receiver has confirmed. Throws `offer-refused`, `path-blocked`, `other-side-left`, `piece-mismatch` when
 * the receiver got something else.
 */
export async function sendOffer(options: {
  readonly wormhole: Wormhole;
  readonly transit: Transit;
  readonly offer: Exclude<Offer, { message: string }>;
  readonly bytes: OfferedBytes;
  readonly onPath: (path: 'direct' | 'relay') => void;
  readonly onSent: (bytes: number) => void;
}): Promise<{ sha256: string }> {
  const { wormhole, transit } = options;
  wormhole.send({ transit: encodeTransitMessage(transit.hints) });
  wormhole.send({ offer: options.offer });
  const theirs = await awaitAcceptance(wormhole);
  const { pipe, path } = await transit.connect(theirs);
  options.onPath(path);
  try {
    const sha256 = await sendBytes(pipe, options.bytes, options.onSent);
    await awaitAck(pipe, sha256);
    return { sha256 };
  } finally {
    pipe.destroy();
  }
}

/** Where the receiver can be reached, once it has said yes. */
async function awaitAcceptance(wormhole: Wormhole): Promise<Hints> {
  let theirs: Hints | undefined;
  for (;;) {
    const { transit, answer } = parseFileTransferMessage(await wormhole.receive());
    if (transit) theirs = parseTransitMessage(transit);
    if (answer) {
      if (!('file_ack' in answer)) throw new EnxameError('offer-invalid');
      return theirs ?? { direct: [], relays: [] };
    }
  }
}

async function sendBytes(pipe: RecordPipe, bytes: OfferedBytes, onSent: (bytes: number) => void): Promise<string> {
  const hash = createHash('sha256');
  let left = bytes.size;
  for await (const chunk of bytes.read()) {
    left -= chunk.length;
    if (left < 0) break;
    hash.update(chunk);
    await pipe.send(chunk);
    onSent(chunk.length);
  }
  if (left !== 0) throw new EnxameError('file-changed');
  await pipe.flush();
  return hash.digest('hex');
}

async function awaitAck(pipe: RecordPipe, sha256: string): Promise<void> {
  const record = await pipe.receive();
  if (!record) throw new EnxameError('other-side-left');
  const ack = ackSchema.safeParse(parseJson(record));
  if (!ack.success) throw new EnxameError('other-side-failed');
  // Older programs send none; then all that is known is that every byte arrived.
  if (ack.data.sha256 !== undefined && ack.data.sha256.toLowerCase() !== sha256)
    throw new EnxameError('piece-mismatch');
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined; // no acknowledgement, as any other wrong one
  }
}
