import type { ManifestTask } from './link-host.js';
import type { SourceLink } from './link-host.js';

/** A manifest is small for most contents: whoever takes longer than this may be slow, and another one is asked, too. */
const slowMs = 2000;
/** A manifest of the largest content takes 32 MiB. */
const maxAtOnce = 3;

/** The manifest, from whoever gives it first. `now`: milliseconds; a clock that is set back does no harm. */
export function createManifestTask(
  now: () => number,
  maxBytes: number,
  take: (bytes: Uint8Array) => Promise<void>,
): ManifestTask {
  const askedAt = new Map<SourceLink, number>();
  return {
    kind: 'manifest',
    maxBytes,
    begin: (link) => {
      const time = now();
      const areSlow = [...askedAt.values()].every((since) => time < since || time - since >= slowMs);
      if (!areSlow || askedAt.size >= maxAtOnce) return false;
      askedAt.set(link, time);
      return true;
    },
    take,
    end: (link) => void askedAt.delete(link),
  };
}
