import { open, type FileHandle } from 'node:fs/promises';
import { pieceBytesFor } from '@enxame/shared/content/piece-size';
import type { Manifest } from '@enxame/shared/content/manifest';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import type { OpenContent } from '../peer/content-access.js';
import { readFlags, toReadError } from '../hashing/regular-file.js';
import type { PieceMap } from './piece-map.js';

/** A content that is on its way here, as far as it is verified and written. */
export interface PartContent {
  readonly contentId: ContentId;
  readonly name: string;
  /** Where it is now. */
  readonly path: () => string;
  readonly manifest: Manifest;
  readonly pieces: PieceMap;
  /** It comes by a code: no tracker is told of it, and no tracker's ticket is good for it. */
  readonly isPrivate?: boolean;
}

/** What is here of contents that are not here whole. Owns no file: each request opens its own handle. */
export interface PartContents {
  add(part: PartContent): {
    /** There is more of it. */
    readonly onVerified: () => void;
    close(): void;
  };
  /** Those of which a tracker is told that others can have something. */
  ids(): Iterable<ContentId>;
  has(contentId: ContentId): boolean;
  /** As much as can be read from there on, of whoever has most of that; undefined when it is not on its way now. */
  reachFrom(contentId: ContentId, position: number): { readonly end: number; open(): Promise<OpenContent> } | undefined;
  /** Told when there is more of a content, when it begins to come, and when it ends. */
  onProgress(listener: (contentId: ContentId) => void): () => void;
  /** As `has`, as a tracker may know. */
  isOffered(contentId: ContentId): boolean;
  /** Throws `content-not-found`, and what the disk says. Who asked closes the handle. */
  open(contentId: ContentId): Promise<OpenContent>;
}

/** `onOffer`: a content came to have something for others, or ceased to. */
export function createPartContents(onOffer: (contentId: ContentId) => void): PartContents {
  /** The same content may be fetched into two folders. */
  const parts = new Map<ContentId, Set<PartContent>>();
  const listeners = new Set<(contentId: ContentId) => void>();

  function tell(contentId: ContentId): void {
    for (const listener of listeners) listener(contentId);
  }

  /** The one with the most of it: `have` and the requests after it must speak of the same one. */
  function find(contentId: ContentId): PartContent | undefined {
    const all = [...(parts.get(contentId) ?? [])].sort((a, b) => b.pieces.verifiedCount - a.pieces.verifiedCount);
    return all.find(({ pieces }) => pieces.verifiedCount > 0);
  }

  function isOffered(contentId: ContentId): boolean {
    for (const { pieces, isPrivate } of parts.get(contentId) ?? [])
      if (isPrivate !== true && pieces.verifiedCount > 0) return true;
    return false;
  }

  function remove(part: PartContent): void {
    const all = parts.get(part.contentId);
    if (!all?.delete(part)) return;
    if (all.size === 0) parts.delete(part.contentId);
    if (part.isPrivate !== true) onOffer(part.contentId);
    tell(part.contentId);
  }

  return {
    add: (part) => {
      parts.set(part.contentId, (parts.get(part.contentId) ?? new Set()).add(part));
      let isTold = part.pieces.verifiedCount > 0 || part.isPrivate === true;
      if (isTold && part.isPrivate !== true) onOffer(part.contentId);
      tell(part.contentId);
      return {
        onVerified: () => {
          tell(part.contentId);
          if (isTold) return;
          isTold = true;
          onOffer(part.contentId);
        },
        close: () => {
          remove(part);
        },
      };
    },
    ids: () => [...parts.keys()].filter(isOffered),
    has: (contentId) => find(contentId) !== undefined,
    isOffered,
    reachFrom: (contentId, position) => {
      const reaches = [...(parts.get(contentId) ?? [])].map((part) => ({ part, end: reachOf(part, position) }));
      const [best] = reaches.sort((a, b) => b.end - a.end);
      return best && { end: best.end, open: () => openPart(best.part) };
    },
    onProgress: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open: async (contentId) => {
      const part = find(contentId);
      if (!part) throw new EnxameError('content-not-found');
      return openPart(part);
    },
  };
}

async function openPart(part: PartContent): Promise<OpenContent> {
  const { name, manifest, pieces } = part;
  const path = part.path();
  try {
    const handle = await open(path, readFlags);
    const stats = await handle.stat();
    return {
      // It is written to all the time; the pieces that are told to be here are not.
      handle: {
        read: handle.read.bind(handle),
        stat: (() => Promise.resolve(stats)) as FileHandle['stat'],
        close: () => handle.close(),
      },
      name,
      size: manifest.size,
      manifest: () => Promise.resolve(manifest),
      held: { bits: pieces.bits, hasRange: ({ start, end }) => hasRange(part, start, end) },
    };
  } catch (error) {
    throw toReadError(error, path);
  }
}

/** Up to where everything from the position on is verified and written. */
function reachOf({ manifest, pieces }: PartContent, position: number): number {
  const pieceBytes = pieceBytesFor(manifest.size);
  let index = Math.floor(position / pieceBytes);
  while (index < pieces.count && pieces.isVerified(index)) index++;
  return Math.max(position, Math.min(index * pieceBytes, manifest.size));
}

function hasRange({ manifest, pieces }: PartContent, start: number, end: number): boolean {
  const pieceBytes = pieceBytesFor(manifest.size);
  for (let index = Math.floor(start / pieceBytes); index * pieceBytes < end; index++)
    if (!pieces.isVerified(index)) return false;
  return true;
}
