import type { StoredCopy } from './stored-copy.js';

/** Kept as long as nothing else needs the room, for nobody. */
export const isIdleCache = ({ isCache, holders }: Pick<StoredCopy, 'isCache' | 'holders'>): boolean =>
  isCache && holders.length === 0;

/**
 * The room of copies that are kept for nobody: it is what others leave, and no more than was set. The one not read for
 * longest goes first.
 */
export function createCacheRoom(deps: {
  readonly all: () => readonly StoredCopy[];
  /** What idle caches may take, in bytes. */
  readonly forCache: () => number;
  /** What nobody has or was promised, of all the room there is. Less than nothing when it was made smaller. */
  readonly leftInAll: () => number;
  readonly evict: (copy: StoredCopy) => Promise<void>;
}) {
  const idle = (): StoredCopy[] =>
    deps
      .all()
      .filter(isIdleCache)
      .sort((one, other) => one.usedAt - other.usedAt);
  const sum = (copies: readonly StoredCopy[]): number => copies.reduce((bytes, { size }) => bytes + size, 0);

  /** Takes caches away until so many bytes are free, or as many as it can. */
  async function makeRoom(bytes: number): Promise<void> {
    let left = bytes;
    for (const copy of idle()) {
      if (left <= 0) return;
      left -= copy.size;
      await deps.evict(copy);
    }
  }

  return {
    makeRoom,
    /** Whether there is room for one of this size, others taken away for it. */
    admit: async (size: number): Promise<boolean> => {
      const taken = sum(idle());
      const most = Math.min(deps.forCache(), deps.leftInAll() + taken);
      if (size > most) return false;
      await makeRoom(taken + size - most);
      return true;
    },
    /** What was set may have become less. */
    shrink: () => makeRoom(sum(idle()) - deps.forCache()),
  };
}
