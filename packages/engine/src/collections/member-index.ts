import { randomBytes } from 'node:crypto';
import type { Collection } from '@enxame/shared/content/collection';

/** Which files of a collection have a content. */
export interface MemberIndex {
  /** All of them, in no particular order. `contentId` is its 32 bytes. */
  find(contentId: Uint8Array): Generator<number>;
  has(contentId: Uint8Array): boolean;
}

/**
 * Chains in two arrays of numbers: 12 bytes a file. The seed is this process's own, or a collection could be made of
 * which every file is in one chain.
 */
export function createMemberIndex(collection: Collection): MemberIndex {
  const bits = Math.max(1, Math.ceil(Math.log2(collection.fileCount + 1)));
  const heads = new Int32Array(2 ** bits).fill(-1);
  const next = new Int32Array(collection.count).fill(-1);
  const seeds = Array.from({ length: 8 }, () => randomBytes(4).readInt32LE() | 1);

  function slotOf(id: Uint8Array): number {
    const view = new DataView(id.buffer, id.byteOffset, id.byteLength);
    let hash = 0;
    for (const [word, seed] of seeds.entries()) {
      hash = Math.imul(hash ^ view.getInt32(word * 4, true), seed);
      hash ^= hash >>> 15;
    }
    return (hash >>> (32 - bits)) & (heads.length - 1);
  }

  for (let index = 0; index < collection.count; index++) {
    if (!collection.isFile(index)) continue;
    const slot = slotOf(collection.contentIdBytes(index));
    next[index] = heads[slot] ?? -1;
    heads[slot] = index;
  }

  function* find(contentId: Uint8Array): Generator<number> {
    for (let index = heads[slotOf(contentId)] ?? -1; index >= 0; index = next[index] ?? -1) {
      if (Buffer.compare(collection.contentIdBytes(index), contentId) === 0) yield index;
    }
  }

  return { find, has: (contentId) => !find(contentId).next().done };
}
