import { execFileSync } from 'node:child_process';

/** Debian's `nobody`; any user without rights would do. */
const nobody = 65_534;

/**
 * Permissions mean nothing to root: as root, this gives a folder to somebody who has no rights beyond it, and is that
 * person until the work is done. The whole process is, with its threads: one at a time.
 */
export async function asNobody<T>(folder: string, work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  execFileSync('chown', ['-R', String(nobody), folder]);
  process.setegid?.(nobody);
  process.seteuid?.(nobody);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}
