import { alignBytes } from './aligned-memory.js';

/**
 * Writes pieces to their place in a file. Slow bytes go through the system's cache, where a reader finds them soon after;
 * fast ones go past it, where the system can: the copy into the cache and the work of writing it back cost as much as a
 * third of receiving, and a large file would push everything else out of memory. (docs/adr/0010-fast-bytes-go-past-the-cache.md)
 * Owns the second handle, not the first. Order: write, as often as wanted; settle; close.
 */
export interface PieceWriter {
  /** Adjacent pieces. Their bytes must stay as they are until it resolves. Throws what the disk says, of an earlier flush too. */
  write(pieces: readonly Uint8Array[], position: number): Promise<void>;
  /** Most of it went past the system's cache: who reads it next gets it from the disk. */
  readonly isCold: boolean;
  /** Waits for what goes on in the background. Throws what the disk said. */
  settle(): Promise<void>;
  /** Twice without harm. */
  close(): Promise<void>;
}

/** What of a file handle is needed. */
export interface WriteHandle {
  writev(pieces: readonly Uint8Array[], position: number): Promise<{ readonly bytesWritten: number }>;
  datasync(): Promise<void>;
  close(): Promise<void>;
}

/** So much may wait in the system's cache: a flush at the end then has little left to do. */
const flushEveryBytes = 64 * 1024 * 1024;
/** How fast bytes come is looked at after so many. */
const paceBytes = 32 * 1024 * 1024;
/** From two gigabits a second on it is the processor that counts; few disks that turn can take that. */
const fastBytesPerMs = (200 * 1024 * 1024) / 1000;

export function createPieceWriter(options: {
  readonly cached: WriteHandle;
  /** Opens the same file past the cache; undefined where that cannot be. */
  readonly openDirect: () => Promise<WriteHandle | undefined>;
  /** Milliseconds. */
  readonly now: () => number;
}): PieceWriter {
  const { cached, now } = options;
  let unflushed = 0;
  let directBytes = 0;
  let cachedBytes = 0;
  let flush: Promise<void> | undefined;
  let flushError: Error | undefined;
  let isFast = false;
  let paced = 0;
  let pacedSince = now();
  let opening: Promise<WriteHandle | undefined> | undefined;
  let isRefused = false;
  let closing: Promise<void> | undefined;

  function keepPace(bytes: number): void {
    paced += bytes;
    if (paced < paceBytes) return;
    const elapsed = now() - pacedSince;
    // A clock that was set back says nothing.
    isFast = elapsed >= 0 && paced >= elapsed * fastBytesPerMs;
    pacedSince += elapsed;
    paced = 0;
  }

  /** In the background: the network does not wait for it. Linux reports a failed flush once, so it is kept for the end. */
  function flushSometimes(bytes: number): void {
    unflushed += bytes;
    if (unflushed < flushEveryBytes || flush) return;
    unflushed = 0;
    flush = cached
      .datasync()
      .catch((error: unknown) => {
        flushError ??= error instanceof Error ? error : new Error(String(error));
      })
      .finally(() => {
        flush = undefined;
      });
  }

  /** How many bytes went past the cache: all, or what was written before the system refused the rest. */
  async function writeDirect(pieces: readonly Uint8Array[], position: number): Promise<number> {
    if (!isFast || isRefused || closing || position % alignBytes !== 0) return 0;
    if (pieces.some(({ length }) => length % alignBytes !== 0)) return 0;
    const direct = await (opening ??= options.openDirect());
    let done = 0;
    try {
      for (let left = pieces; direct && left.length > 0; left = dropBytes(pieces, done)) {
        done += (await direct.writev(left, position + done)).bytesWritten;
      }
    } catch (error) {
      // Memory or places that this disk cannot take directly: all goes through the cache from now on.
      if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
      isRefused = true;
    }
    return done;
  }

  return {
    write: async (pieces, position) => {
      if (flushError !== undefined) throw flushError;
      const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
      keepPace(bytes);
      const direct = await writeDirect(pieces, position);
      for (let done = direct; done < bytes;) {
        done += (await cached.writev(dropBytes(pieces, done), position + done)).bytesWritten;
      }
      directBytes += direct;
      cachedBytes += bytes - direct;
      if (direct < bytes) flushSometimes(bytes - direct);
    },
    get isCold() {
      return directBytes > cachedBytes;
    },
    settle: async () => {
      await flush;
      if (flushError !== undefined) throw flushError;
    },
    close: () => (closing ??= Promise.all([opening, flush]).then(([direct]) => direct?.close())),
  };
}

/** What is left of adjacent pieces after so many bytes. */
function dropBytes(pieces: readonly Uint8Array[], bytes: number): readonly Uint8Array[] {
  let left = bytes;
  let first = 0;
  for (; first < pieces.length && left >= (pieces[first]?.length ?? 0); first++) left -= pieces[first]?.length ?? 0;
  if (first === 0 && left === 0) return pieces;
  return pieces.slice(first).map((piece, index) => (index === 0 ? piece.subarray(left) : piece));
}
