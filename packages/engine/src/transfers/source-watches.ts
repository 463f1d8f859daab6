import type { ContentId } from '@enxame/shared/ids';

/**
 * Who follows the sources of which content. The tracker knows one watch of a content a session: it may be ended only
 * when nobody here follows it any more.
 */
export interface SourceWatches {
  /** Returns what leaves, and says whether that was the last one. */
  enter(contentId: ContentId): () => boolean;
}

export function createSourceWatches(): SourceWatches {
  const counts = new Map<ContentId, number>();
  return {
    enter: (contentId) => {
      counts.set(contentId, (counts.get(contentId) ?? 0) + 1);
      return () => {
        const left = (counts.get(contentId) ?? 1) - 1;
        if (left > 0) counts.set(contentId, left);
        else counts.delete(contentId);
        return left === 0;
      };
    },
  };
}
