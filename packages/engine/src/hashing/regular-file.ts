import { constants, type Stats } from 'node:fs';
import { basename } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

/** What tells, without reading it, whether a file is still the one that was hashed. */
export interface FileStamp {
  readonly size: number;
  /** Milliseconds since 1970, with the fraction that the file system keeps. */
  readonly mtimeMs: number;
}

/**
 * How a file that somebody else may swap at any moment is opened: never through a link put in its place, and without
 * waiting for the other end of a named pipe. Windows has neither flag.
 */
export const readFlags =
  constants.O_RDONLY |
  ((constants.O_NOFOLLOW as number | undefined) ?? 0) |
  ((constants.O_NONBLOCK as number | undefined) ?? 0);

export function stampOf(stats: Stats): FileStamp {
  return { size: stats.size, mtimeMs: stats.mtimeMs };
}

export function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs;
}

/** What a system error means when it comes from a file that was there a moment ago. EnxameErrors pass through. */
export function toReadError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new EnxameError('file-vanished', { name: basename(path) }, { cause: error });
    case 'ELOOP':
    case 'EMLINK': // what FreeBSD says for ELOOP
      return new EnxameError('path-is-a-link', { path }, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EBUSY':
    case 'EIO':
    case 'ENXIO': // a socket, or a disk that is gone
    case 'ESTALE':
      return new EnxameError('path-unreadable', { path }, { cause: error });
    default:
      return error;
  }
}
