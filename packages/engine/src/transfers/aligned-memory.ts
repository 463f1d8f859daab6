/** Hands out memory that the system can write to a disk from, without a copy of its own. */
export interface AlignedMemory {
  /** Starts at a multiple of `alignBytes`. Who gives it up leaves it to the collector. */
  allocate(bytes: number): Buffer;
}

/** What every disk and file system of today takes: the page, which is never smaller than a disk's block. */
export const alignBytes = 4096;
const wasmPageBytes = 64 * 1024;
/** Small buffers share one memory: each reserves gigabytes of addresses, though not of memory. */
const slabBytes = 2 * 1024 * 1024;

/** Part of the language's world, but declared only beside the DOM. */
interface WithWebAssembly {
  readonly WebAssembly?: {
    readonly Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  };
}

/**
 * JavaScript can neither ask for an alignment nor see an address; the memory of a WebAssembly module starts at a page by
 * its nature, and can be had without a module. Where there is none, or no addresses for it, memory is ordinary.
 */
export function createAlignedMemory(): AlignedMemory {
  let slab = new ArrayBuffer(0);
  let used = 0;
  return {
    allocate: (bytes) => {
      if (used + bytes > slab.byteLength) {
        const found = allocateSlab(Math.max(bytes, slabBytes));
        if (!found) return Buffer.allocUnsafeSlow(bytes);
        slab = found;
        used = 0;
      }
      const buffer = Buffer.from(slab, used, bytes);
      used += Math.ceil(bytes / alignBytes) * alignBytes;
      return buffer;
    },
  };
}

function allocateSlab(bytes: number): ArrayBuffer | undefined {
  const { WebAssembly } = globalThis as WithWebAssembly;
  const pages = Math.ceil(bytes / wasmPageBytes);
  try {
    return WebAssembly && new WebAssembly.Memory({ initial: pages, maximum: pages }).buffer;
  } catch (error) {
    if (error instanceof RangeError) return undefined; // a limit on the addresses of the process
    throw error;
  }
}
