import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** Where the built pages are, by the path of their package; undefined: they are not built. */
export function findPagesFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('@enxame/web/pages/index.html'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
