import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { deriveKey } from '../keys.js';
import { nonceBytes, openBox, sealBox, sealBytes } from '../secret-box.js';
import type { ProvenConnection, TransitRole } from './handshake.js';

/** Sealed records, in order, both ways: "Transit Protocol", Encryption. */
export interface RecordPipe {
  /** Resolves when the system has room for more. Throws `other-side-left`. */
  send(record: Uint8Array): Promise<void>;
  /** Undefined when the other side has ended. Throws `source-lied` for what was not sealed, or not next. */
  receive(): Promise<Uint8Array | undefined>;
  /** After what was sent has left. Twice without harm. */
  end(): Promise<void>;
  destroy(): void;
}

const lengthBytes = 4;
/** Other programs send 16 to 64 KiB at a time. */
const maxRecordBytes = 16 * 1024 * 1024;

export function createRecordPipe(
  { socket, reader }: ProvenConnection,
  role: TransitRole,
  transitKey: Uint8Array,
): RecordPipe {
  const otherRole = role === 'sender' ? 'receiver' : 'sender';
  const sendKey = deriveKey(transitKey, `transit_record_${role}_key`);
  const receiveKey = deriveKey(transitKey, `transit_record_${otherRole}_key`);
  let sent = 0n;
  let received = 0n;

  return {
    send: async (record) => {
      if (socket.destroyed || socket.writableEnded) throw new EnxameError('other-side-left');
      const box = sealBox(sendKey, toNonce(sent++), record);
      const length = Buffer.alloc(lengthBytes);
      length.writeUInt32BE(box.length);
      socket.cork();
      socket.write(length);
      const hasRoom = socket.write(box);
      socket.uncork();
      if (!hasRoom) await drained(socket);
    },
    receive: async () => {
      const length = (await reader.readOrEnd(lengthBytes))?.readUInt32BE();
      if (length === undefined) return undefined;
      if (length < nonceBytes + sealBytes || length > maxRecordBytes) throw new EnxameError('source-lied');
      const box = await reader.read(length);
      // The order is in the nonce: a record that is dropped, repeated or moved is not the next one.
      if (!box.subarray(0, nonceBytes).equals(toNonce(received++))) throw new EnxameError('source-lied');
      try {
        return openBox(receiveKey, box);
      } catch (error) {
        throw new EnxameError('source-lied', undefined, { cause: error });
      }
    },
    end: () =>
      new Promise((resolve) => {
        if (socket.destroyed) {
          resolve();
          return;
        }
        socket.once('close', resolve);
        socket.end(() => {
          resolve();
        });
      }),
    destroy: () => {
      socket.destroy();
    },
  };
}

/** 24 bytes, big endian. */
function toNonce(count: bigint): Buffer {
  const nonce = Buffer.alloc(nonceBytes);
  nonce.writeBigUInt64BE(count, nonceBytes - 8);
  return nonce;
}

function drained(socket: ProvenConnection['socket']): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      socket.off('drain', settle);
      socket.off('close', settle);
      if (socket.destroyed) reject(new EnxameError('other-side-left'));
      else resolve();
    };
    socket.on('drain', settle);
    socket.on('close', settle);
  });
}
