/** Rows of one page: large enough to be few at a million keys, small enough that making one is no pause. */
const pageRows = 2 ** 12;
/** Each shard grows by itself, so that no insertion waits for a million others to be moved. */
const shards = 256;
const firstShardSlots = 16;

/**
 * Keys of a fixed width, each with a row number: small, dense, and used again after a deletion. Outside the heap of
 * objects, because a million strings and map entries cost hundreds of megabytes and long pauses.
 */
export class KeyTable {
  readonly #width: number;
  readonly #seed: number;
  readonly #pages: Uint8Array[] = [];
  /** Row + 1 of each key in its slot; 0 is free. */
  readonly #slots: Int32Array[] = Array.from({ length: shards }, () => new Int32Array(firstShardSlots));
  /** The hash of the key in each slot: two keys are hardly ever compared for nothing, nor hashed again. */
  readonly #hashes: Int32Array[] = Array.from({ length: shards }, () => new Int32Array(firstShardSlots));
  readonly #counts = new Uint32Array(shards);
  readonly #freeRows: number[] = [];
  #rows = 0;
  #size = 0;

  /** `seed`: chosen by chance, so that nobody can choose keys that collide. */
  constructor(width: number, seed: number) {
    this.#width = width;
    this.#seed = seed | 0;
  }

  /** One more than the highest row that was ever given. */
  get rows(): number {
    return this.#rows;
  }

  get size(): number {
    return this.#size;
  }

  /** The row of a key, or -1. */
  find(key: Uint8Array): number {
    const hash = this.#hash(key, 0);
    const shard = hash & (shards - 1);
    return ((this.#slots[shard] as Int32Array)[this.#probe(shard, hash, key)] as number) - 1;
  }

  /** The row of a key, which is given one when it has none. */
  add(key: Uint8Array): number {
    const hash = this.#hash(key, 0);
    const shard = hash & (shards - 1);
    let at = this.#probe(shard, hash, key);
    const known = (this.#slots[shard] as Int32Array)[at] as number;
    if (known !== 0) return known - 1;
    const count = (this.#counts[shard] as number) + 1;
    if (count * 4 > (this.#slots[shard] as Int32Array).length * 3) {
      this.#grow(shard);
      at = this.#probe(shard, hash, key);
    }
    const row = this.#freeRows.pop() ?? this.#rows++;
    if (row >= this.#pages.length * pageRows) this.#pages.push(new Uint8Array(pageRows * this.#width));
    const page = this.#pages[(row / pageRows) | 0] as Uint8Array;
    page.set(key, (row % pageRows) * this.#width);
    (this.#slots[shard] as Int32Array)[at] = row + 1;
    (this.#hashes[shard] as Int32Array)[at] = hash;
    this.#counts[shard] = count;
    this.#size++;
    return row;
  }

  /** Frees the row of a key that is there. */
  delete(row: number): void {
    const page = this.#pages[(row / pageRows) | 0] as Uint8Array;
    const hash = this.#hash(page, (row % pageRows) * this.#width);
    const shard = hash & (shards - 1);
    const slots = this.#slots[shard] as Int32Array;
    const hashes = this.#hashes[shard] as Int32Array;
    const mask = slots.length - 1;
    let hole = (hash >>> 8) & mask;
    while (slots[hole] !== row + 1) hole = (hole + 1) & mask;
    // Those that were pushed past the hole move up, so that no search ends too early.
    for (let next = (hole + 1) & mask; slots[next] !== 0; next = (next + 1) & mask) {
      const home = ((hashes[next] as number) >>> 8) & mask;
      if (((next - home) & mask) < ((next - hole) & mask)) continue;
      slots[hole] = slots[next] as number;
      hashes[hole] = hashes[next] as number;
      hole = next;
    }
    slots[hole] = 0;
    this.#counts[shard] = (this.#counts[shard] as number) - 1;
    this.#freeRows.push(row);
    this.#size--;
  }

  /** The key of a row. Shows another one's after the row was deleted. */
  keyOf(row: number): Uint8Array {
    const start = (row % pageRows) * this.#width;
    return (this.#pages[(row / pageRows) | 0] as Uint8Array).subarray(start, start + this.#width);
  }

  /** The first six bytes of a key, as a number. */
  leadOf(row: number): number {
    const page = this.#pages[(row / pageRows) | 0] as Uint8Array;
    const start = (row % pageRows) * this.#width;
    let lead = 0;
    for (let index = start; index < start + 6; index++) lead = lead * 256 + (page[index] as number);
    return lead;
  }

  /** Orders rows by their keys' bytes. */
  compare(left: number, right: number): number {
    const width = this.#width;
    const leftPage = this.#pages[(left / pageRows) | 0] as Uint8Array;
    const rightPage = this.#pages[(right / pageRows) | 0] as Uint8Array;
    const leftStart = (left % pageRows) * width;
    const rightStart = (right % pageRows) * width;
    for (let index = 0; index < width; index++) {
      const order = (leftPage[leftStart + index] as number) - (rightPage[rightStart + index] as number);
      if (order !== 0) return order;
    }
    return 0;
  }

  /** Orders a row by its key's bytes among other keys. */
  compareWith(row: number, key: Uint8Array): number {
    const own = this.keyOf(row);
    for (let index = 0; index < this.#width; index++) {
      const order = (own[index] as number) - (key[index] as number);
      if (order !== 0) return order;
    }
    return 0;
  }

  /** Where the key is, or the free slot where it would go. */
  #probe(shard: number, hash: number, key: Uint8Array): number {
    const slots = this.#slots[shard] as Int32Array;
    const hashes = this.#hashes[shard] as Int32Array;
    const mask = slots.length - 1;
    for (let at = (hash >>> 8) & mask; ; at = (at + 1) & mask) {
      const entry = slots[at] as number;
      if (entry === 0 || (hashes[at] === hash && this.#holds(entry - 1, key))) return at;
    }
  }

  #holds(row: number, key: Uint8Array): boolean {
    const page = this.#pages[(row / pageRows) | 0] as Uint8Array;
    const start = (row % pageRows) * this.#width;
    for (let index = 0; index < this.#width; index++) if (page[start + index] !== key[index]) return false;
    return true;
  }

  #grow(shard: number): void {
    const before = this.#slots[shard] as Int32Array;
    const hashesBefore = this.#hashes[shard] as Int32Array;
    const slots = new Int32Array(before.length * 2);
    const hashes = new Int32Array(before.length * 2);
    const mask = slots.length - 1;
    for (const [index, entry] of before.entries()) {
      if (entry === 0) continue;
      const hash = hashesBefore[index] as number;
      let at = (hash >>> 8) & mask;
      while (slots[at] !== 0) at = (at + 1) & mask;
      slots[at] = entry;
      hashes[at] = hash;
    }
    this.#slots[shard] = slots;
    this.#hashes[shard] = hashes;
  }

  /** All bits of the key count: a hostile device chooses its ids. */
  #hash(bytes: Uint8Array, start: number): number {
    let hash = this.#seed;
    for (let index = start; index < start + this.#width; index += 4) {
      const word =
        (bytes[index] as number) |
        ((bytes[index + 1] as number) << 8) |
        ((bytes[index + 2] as number) << 16) |
        ((bytes[index + 3] as number) << 24);
      hash = Math.imul(hash ^ word, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    return hash ^ (hash >>> 13);
  }
}
