import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { deriveKey } from '../keys.js';
import { isRecordLength, recordLengthBytes } from '../sealing/record-seals.js';
import type { Sealing } from '../sealing/sealing-threads.js';
import type { ProvenConnection, TransitRole } from './handshake.js';

/** Sealed records, in order, both ways: "Transit Protocol", Encryption. Seals and opens ahead, in other threads. */
export interface RecordPipe {
  /** One record. Resolves when there is room for more. Throws `other-side-left`. */
  send(record: Uint8Array): Promise<void>;
  /** What was sent has left this program. Throws `other-side-left`. */
  flush(): Promise<void>;
  /**
   * What is in the next records, one or more of them. Undefined when the other side has ended. Throws `source-lied` for what was
   * not sealed, or not next.
   */
  receive(): Promise<Uint8Array | undefined>;
  /** After what was sent has left. Twice without harm. */
  end(): Promise<void>;
  destroy(): void;
}

/** So many jobs of one connection are under way: one for each of some threads, and the next ones. */
const maxAhead = 4;
/** What has come is opened at once up to here; other programs send 16 KiB a record. */
const batchBytes = 256 * 1024;

export function createRecordPipe(
  { socket, reader }: ProvenConnection,
  role: TransitRole,
  transitKey: Uint8Array,
  sealing: Pick<Sealing, 'seal' | 'open'>,
): RecordPipe {
  const otherRole = role === 'sender' ? 'receiver' : 'sender';
  const sendKey = deriveKey(transitKey, `transit_record_${role}_key`);
  const receiveKey = deriveKey(transitKey, `transit_record_${otherRole}_key`);
  const leaving: Promise<void>[] = [];
  const coming: Promise<Uint8Array | undefined>[] = [];
  let lastLeft = Promise.resolve();
  let lastRead: Promise<unknown> = Promise.resolve();
  let sent = 0n;
  let received = 0n;

  async function leave(before: Promise<void>, sealed: Promise<Uint8Array>): Promise<void> {
    const [box] = await Promise.all([sealed, before]);
    if (socket.destroyed || socket.writableEnded) throw new EnxameError('other-side-left');
    if (!socket.write(box)) await drained(socket);
  }

  /** Whole records as they came, and their count; undefined at the end. */
  async function readFrames(): Promise<{ frames: Uint8Array<ArrayBuffer>; count: bigint } | undefined> {
    const parts: Buffer[] = [];
    let count = 0n;
    for (let bytes = 0; count === 0n || (bytes < batchBytes && reader.held >= recordLengthBytes); count++) {
      const header = count === 0n ? await reader.readOrEnd(recordLengthBytes) : await reader.read(recordLengthBytes);
      if (!header) return undefined;
      const length = header.readUInt32BE();
      if (!isRecordLength(length)) throw new EnxameError('source-lied');
      parts.push(header, await reader.read(length));
      bytes += length;
    }
    return { frames: joinParts(parts), count };
  }

  /** The next read begins when the one before has ended: opening takes its time beside it. */
  function readAhead(): void {
    const read = lastRead.then(readFrames);
    lastRead = read;
    const opened = read.then((batch) => {
      if (!batch) return undefined;
      const number = received;
      received += batch.count;
      return sealing.open(receiveKey, number, batch.frames);
    });
    opened.catch(() => undefined); // told to who asks for it
    coming.push(opened);
  }

  async function flush(): Promise<void> {
    leaving.length = 0;
    await lastLeft;
  }

  return {
    send: async (record) => {
      if (socket.destroyed || socket.writableEnded) throw new EnxameError('other-side-left');
      lastLeft = leave(lastLeft, sealing.seal(sendKey, sent++, record));
      lastLeft.catch(() => undefined); // told to who sends next, or flushes
      leaving.push(lastLeft);
      if (leaving.length >= maxAhead) await leaving.shift();
    },
    flush,
    receive: () => {
      while (coming.length < maxAhead) readAhead();
      return coming.shift() ?? Promise.resolve(undefined);
    },
    end: async () => {
      await flush();
      await new Promise<void>((resolve) => {
        if (socket.destroyed) {
          resolve();
          return;
        }
        socket.once('close', resolve);
        socket.end(() => {
          resolve();
        });
      });
    },
    destroy: () => {
      socket.destroy();
    },
  };
}

/** In memory of their own, which can move to another thread. */
function joinParts(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
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
