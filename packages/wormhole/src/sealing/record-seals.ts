import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { nonceBytes, openBox, sealBox, sealBytes } from '../secret-box.js';

// Records of the "Transit Protocol": a length, then a secretbox whose nonce is the number of the record. Pure and slow enough
// to belong in a thread of its own.

export const recordLengthBytes = 4;
/** Other programs send 16 to 64 KiB at a time; some of them are held while they are opened. */
export const maxRecordBytes = 4 * 1024 * 1024;

/** One record as it goes on the wire. */
export function sealRecord(key: Uint8Array, number: bigint, plain: Uint8Array): Uint8Array {
  const box = sealBox(key, toNonce(number), plain);
  const framed = Buffer.allocUnsafeSlow(recordLengthBytes + box.length);
  framed.writeUInt32BE(box.length);
  framed.set(box, recordLengthBytes);
  return framed;
}

/**
 * Whole records, one after the other, as they came from the wire; `number` is the first one's. What was in them, joined. Throws
 * `source-lied` for what was not sealed, or is not next.
 */
export function openRecords(key: Uint8Array, number: bigint, framed: Uint8Array): Uint8Array {
  const frames = Buffer.from(framed.buffer, framed.byteOffset, framed.byteLength);
  const plain: Uint8Array[] = [];
  for (let at = 0, next = number; at < frames.length; next++) {
    const length = frames.readUInt32BE(at);
    const box = frames.subarray(at + recordLengthBytes, at + recordLengthBytes + length);
    at += recordLengthBytes + length;
    // The order is in the nonce: a record that is dropped, repeated or moved is not the next one.
    if (!isRecordLength(length) || !box.subarray(0, nonceBytes).equals(toNonce(next)))
      throw new EnxameError('source-lied');
    try {
      plain.push(openBox(key, box));
    } catch (error) {
      throw new EnxameError('source-lied', undefined, { cause: error });
    }
  }
  const [first] = plain;
  return plain.length === 1 && first ? first : Buffer.concat(plain);
}

export const isRecordLength = (length: number): boolean => length >= nonceBytes + sealBytes && length <= maxRecordBytes;

/** 24 bytes, big endian. */
function toNonce(number: bigint): Buffer {
  const nonce = Buffer.alloc(nonceBytes);
  nonce.writeBigUInt64BE(number, nonceBytes - 8);
  return nonce;
}
