/** Numbers of rows, one bit each: a million of them take 125 kB, and two sets meet in some microseconds. */
export class RowSet {
  #bits: Uint32Array;
  #count = 0;

  /** `rows`: one more than the highest that is added soon. */
  constructor(rows: number) {
    this.#bits = new Uint32Array((rows >> 5) + 1);
  }

  get count(): number {
    return this.#count;
  }

  /** Bit `row & 31` of number `row >> 5`. What is behind its end is not in the set. */
  get bits(): Uint32Array {
    return this.#bits;
  }

  has(row: number): boolean {
    return (((this.#bits[row >> 5] ?? 0) >>> (row & 31)) & 1) === 1;
  }

  add(row: number): void {
    const at = row >> 5;
    if (at >= this.#bits.length) this.#grow(at);
    const before = this.#bits[at] as number;
    const after = (before | (1 << (row & 31))) >>> 0;
    if (after === before) return;
    this.#bits[at] = after;
    this.#count++;
  }

  delete(row: number): void {
    if (!this.has(row)) return;
    this.#bits[row >> 5] = (this.#bits[row >> 5] as number) & ~(1 << (row & 31));
    this.#count--;
  }

  #grow(at: number): void {
    const larger = new Uint32Array(at + (at >> 3) + 32);
    larger.set(this.#bits);
    this.#bits = larger;
  }
}

/** How many of 32 bits are set. */
export function countBits(bits: number): number {
  let pairs = bits - ((bits >>> 1) & 0x55555555);
  pairs = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((pairs + (pairs >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Visits the rows of a set, ascending. */
export function forEachRow({ bits }: RowSet, visit: (row: number) => void): void {
  for (let block = 0; block < bits.length; block++) visitBits(bits[block] as number, block, visit);
}

/** The rows of 32 bits, ascending. */
export function visitBits(bits: number, block: number, visit: (row: number) => void): void {
  for (let left = bits; left !== 0; left &= left - 1) visit((block << 5) + 31 - Math.clz32(left & -left));
}
