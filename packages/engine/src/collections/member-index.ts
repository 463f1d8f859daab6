import { randomBytes } from 'node:crypto';
import type { Collection } from '@enxame/shared/content/collection';

/** Which files of a collection have a content. */
export interface MemberIndex {
  /** All of them; the first in order comes first. `contentId` is its 32 bytes. */
  find(contentId: Uint8Array): Generator<number>;
  has(contentId: Uint8Array): boolean;
  /** The first file with the same content; itself, when there is none before it. */
  firstOf(index: number): number;
}

/**
 * Chains in arrays of numbers: 16 bytes a file. Files with the same content hang on the first of them, so that a chain is
 * short whatever is in the folder. The seed is this process's own, or a collection could be made that is one chain.
 */
export function createMemberIndex(collection: Collection): MemberIndex {
  const bits = Math.max(1, Math.ceil(Math.log2(collection.fileCount + 1)));
  const heads = new Int32Array(2 ** bits).fill(-1);
  /** The next first file in its chain. */
  const next = new Int32Array(collection.count).fill(-1);
  /** The next file with the same content, of a first one and of those after it. */
  const nextSame = new Int32Array(collection.count).fill(-1);
  const firsts = new Int32Array(collection.count).fill(-1);
  const seeds = Array.from({ length: 8 }, () => randomBytes(4).readInt32LE() | 1);

  function slotOf(id: Uint8Array): number {
    const view = new DataView(id.buffer, id.byteOffset, id.byteLength);
    let hash = 0;
    for (const [word, seed] of seeds.entries()) {
      hash = Math.imul(hash ^ view.getInt32(word * 4, true), seed);
      hash ^= hash >>> 15;
    }
    return hash >>> (32 - bits);
  }

  function findFirst(id: Uint8Array, slot: number): number {
    let index = heads[slot] ?? -1;
    while (index >= 0 && Buffer.compare(collection.contentIdBytes(index), id) !== 0) index = next[index] ?? -1;
    return index;
  }

  // From the back, so that the first file is the one that the others hang on, and they are in order.
  for (let index = collection.count - 1; index >= 0; index--) {
    if (!collection.isFile(index)) continue;
    const id = collection.contentIdBytes(index);
    const slot = slotOf(id);
    const later = findFirst(id, slot);
    if (later < 0) {
      next[index] = heads[slot] ?? -1;
      heads[slot] = index;
      continue;
    }
    // It takes the place of the one that was first up to now.
    replace(slot, later, index);
    nextSame[index] = later;
  }
  for (let slot = 0; slot < heads.length; slot++) {
    for (let first = heads[slot] ?? -1; first >= 0; first = next[first] ?? -1) {
      for (let index = first; index >= 0; index = nextSame[index] ?? -1) firsts[index] = first;
    }
  }

  function replace(slot: number, old: number, by: number): void {
    next[by] = next[old] ?? -1;
    if (heads[slot] === old) {
      heads[slot] = by;
      return;
    }
    let before = heads[slot] ?? -1;
    while (before >= 0 && next[before] !== old) before = next[before] ?? -1;
    next[before] = by;
  }

  return {
    *find(contentId) {
      for (let index = findFirst(contentId, slotOf(contentId)); index >= 0; index = nextSame[index] ?? -1) yield index;
    },
    has: (contentId) => findFirst(contentId, slotOf(contentId)) >= 0,
    firstOf: (index) => firsts[index] ?? index,
  };
}
