import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { createAlignedMemory } from './aligned-memory.js';

/** The reused piece buffers of one source. */
export interface PieceBuffers {
  /** Always gives one: who takes the last must stop reading until `hasFree`. */
  take(): Buffer;
  giveBack(buffer: Buffer): void;
  readonly hasFree: boolean;
}

/** The buffers of one source, out of what all downloads share. */
export interface BufferLoan extends PieceBuffers {
  /** Before a request: waits for room for a piece that comes and one that is written. Throws `cancelled`. */
  reserve(signal: AbortSignal): Promise<void>;
  /** No request is under way: only what is being written is still needed. Twice without harm. */
  rest(): void;
  close(): void;
}

/** What all downloads together may hold in pieces that are not on disk yet, however many sources there are. */
export interface BufferBudget {
  readonly usedBytes: number;
  lend(pieceBytes: number): BufferLoan;
}

/** Four sources of contents with the largest pieces; far more with ordinary ones. */
const defaultBudgetBytes = 128 * 1024 * 1024;
/** Of one source: enough that the disk and the network work at the same time. */
const loanBytes = 32 * 1024 * 1024;
const minBuffers = 2;
const maxBuffers = 16;

export function createBufferBudget(budgetBytes = defaultBudgetBytes): BufferBudget {
  const memory = createAlignedMemory();
  const free = new Map<number, Buffer[]>();
  const waiting = new Set<() => boolean>();
  let usedBytes = 0;
  let freeBytes = 0;
  let loans = 0;

  /** In the order in which they came: who waits for large pieces is not passed by for ever. */
  function serve(): void {
    for (const tryStart of [...waiting]) if (!tryStart()) return;
  }

  function dropFree(): void {
    free.clear();
    freeBytes = 0;
  }

  function takeBuffer(bytes: number): Buffer {
    const kept = free.get(bytes)?.pop();
    if (kept) {
      freeBytes -= bytes;
      return kept;
    }
    if (usedBytes + freeBytes > budgetBytes) dropFree();
    return memory.allocate(bytes);
  }

  function keep(buffer: Buffer): void {
    if (loans === 0 || usedBytes + freeBytes + buffer.length > budgetBytes) return;
    const kept = free.get(buffer.length);
    if (kept) kept.push(buffer);
    else free.set(buffer.length, [buffer]);
    freeBytes += buffer.length;
  }

  function lend(pieceBytes: number): BufferLoan {
    const limit = Math.min(maxBuffers, Math.max(minBuffers, Math.floor(loanBytes / pieceBytes)));
    let reserved = 0;
    let taken = 0;
    let charged = 0;
    let isClosed = false;
    loans++;

    function charge(): void {
      const before = charged;
      charged = Math.max(reserved, taken);
      usedBytes += (charged - before) * pieceBytes;
      if (charged < before) serve();
    }

    function tryReserve(): boolean {
      const more = Math.max(0, minBuffers - charged) * pieceBytes;
      // Whoever is alone always gets what one piece needs, or it would wait for ever.
      if (usedBytes > 0 && usedBytes + more > budgetBytes) return false;
      reserved = minBuffers;
      charge();
      return true;
    }

    return {
      take: () => {
        taken++;
        charge();
        return takeBuffer(pieceBytes);
      },
      giveBack: (buffer) => {
        taken--;
        charge();
        keep(buffer);
      },
      get hasFree() {
        return taken < limit && (taken < reserved || usedBytes + pieceBytes <= budgetBytes);
      },
      reserve: (signal) =>
        new Promise((resolve, reject) => {
          const end = (): void => {
            waiting.delete(start);
            signal.removeEventListener('abort', cancel);
          };
          const start = (): boolean => {
            if (!tryReserve()) return false;
            end();
            resolve();
            return true;
          };
          const cancel = (): void => {
            end();
            reject(new EnxameError('cancelled'));
          };
          if (signal.aborted) {
            cancel();
            return;
          }
          signal.addEventListener('abort', cancel, { once: true });
          if (waiting.size > 0 || !start()) waiting.add(start);
        }),
      rest: () => {
        reserved = 0;
        charge();
      },
      close: () => {
        if (isClosed) return;
        isClosed = true;
        reserved = 0;
        charge();
        if (--loans === 0) dropFree();
      },
    };
  }

  return {
    get usedBytes() {
      return usedBytes;
    },
    lend,
  };
}
