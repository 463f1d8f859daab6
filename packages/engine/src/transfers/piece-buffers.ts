/** A bounded set of reused piece buffers. */
export interface PieceBuffers {
  /** Always gives one: who takes the last must stop reading until `hasFree`. */
  take(): Buffer;
  giveBack(buffer: Buffer): void;
  readonly hasFree: boolean;
}

/** Enough that the disk and the network work at the same time; little beside the memory of the process. */
const budgetBytes = 32 * 1024 * 1024;
const minBuffers = 2;
const maxBuffers = 16;

export function createPieceBuffers(pieceBytes: number): PieceBuffers {
  const limit = Math.min(maxBuffers, Math.max(minBuffers, Math.floor(budgetBytes / pieceBytes)));
  const free: Buffer[] = [];
  let taken = 0;
  return {
    take: () => {
      taken++;
      return free.pop() ?? Buffer.allocUnsafeSlow(pieceBytes);
    },
    giveBack: (buffer) => {
      taken--;
      free.push(buffer);
    },
    get hasFree() {
      return taken < limit;
    },
  };
}
