import type { ContentId } from '@enxame/shared/ids';

/** The paths of each content. Nearly all have one, which then costs no array. */
export interface PathIndex {
  add(contentId: ContentId, path: string): void;
  remove(contentId: ContentId, path: string): void;
  paths(contentId: ContentId): readonly string[];
}

export function createPathIndex(): PathIndex {
  const index = new Map<ContentId, string | readonly string[]>();
  const paths = (contentId: ContentId): readonly string[] => {
    const found = index.get(contentId) ?? [];
    return typeof found === 'string' ? [found] : found;
  };
  const put = (contentId: ContentId, next: readonly string[]): void => {
    const [first] = next;
    if (first === undefined) index.delete(contentId);
    else index.set(contentId, next.length === 1 ? first : next);
  };
  return {
    add: (contentId, path) => {
      put(contentId, [...paths(contentId).filter((known) => known !== path), path]);
    },
    remove: (contentId, path) => {
      put(
        contentId,
        paths(contentId).filter((known) => known !== path),
      );
    },
    paths,
  };
}
