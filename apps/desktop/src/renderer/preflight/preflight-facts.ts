import type { Preflight } from '@enxame/shared/engine/preflight';

export type Concern = 'does-not-fit' | 'name-taken' | 'names-change';

/** What a person must know before the first byte, the gravest first. Nothing: the download just starts. */
export function concernsOf({ fits, collision, renames }: Preflight): Concern[] {
  return [
    ...(fits ? [] : ['does-not-fit' as const]),
    ...(collision === 'other' ? ['name-taken' as const] : []),
    ...(renames.count > 0 ? ['names-change' as const] : []),
  ];
}

/** Whether so much is here that it deserves a word: it explains why less travels than the size says. */
export function isPartlyHere({ bytesHere, bytesToFetch }: Preflight): boolean {
  return bytesHere > 0 && bytesToFetch > 0;
}
