import type { ContentId } from '@enxame/shared/ids';

/** Somebody reads a content from front to back while it still comes. */
export interface ReadPosition {
  /** The next byte that is read. */
  moveTo(position: number): void;
  close(): void;
}

/** Where contents are being read now. A download asks for what comes next there first. */
export interface ReadPositions {
  follow(contentId: ContentId): ReadPosition;
  /** In bytes; who came last is first: a player that seeks asks anew, and lets the old request go later. */
  of(contentId: ContentId): readonly number[];
  /** Told when one came, left, or went on by more than a little. */
  onMove(contentId: ContentId, listener: () => void): () => void;
}

/** The smallest piece: less of a move changes nothing of what is to be asked. */
const stepBytes = 256 * 1024;

export function createReadPositions(): ReadPositions {
  const readers = new Map<ContentId, Set<{ position: number }>>();
  const listeners = new Map<ContentId, Set<() => void>>();

  const tell = (contentId: ContentId): void => {
    for (const listener of listeners.get(contentId) ?? []) listener();
  };

  return {
    follow: (contentId) => {
      const reader = { position: -1 };
      readers.set(contentId, (readers.get(contentId) ?? new Set()).add(reader));
      return {
        moveTo: (position) => {
          const isStep = Math.floor(position / stepBytes) !== Math.floor(reader.position / stepBytes);
          reader.position = position;
          if (isStep) tell(contentId);
        },
        close: () => {
          const all = readers.get(contentId);
          if (!all?.delete(reader)) return;
          if (all.size === 0) readers.delete(contentId);
          tell(contentId);
        },
      };
    },
    of: (contentId) =>
      [...(readers.get(contentId) ?? [])].flatMap(({ position }) => (position < 0 ? [] : position)).reverse(),
    onMove: (contentId, listener) => {
      const all = (listeners.get(contentId) ?? new Set()).add(listener);
      listeners.set(contentId, all);
      return () => {
        all.delete(listener);
        if (all.size === 0) listeners.delete(contentId);
      };
    },
  };
}
