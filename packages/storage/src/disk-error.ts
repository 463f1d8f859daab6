import { EnxameError } from '@enxame/shared/errors/enxame-error';

/** What a system error of the disk means to a person. EnxameErrors pass through; what is no system error too. */
export function toDiskError(error: unknown, folder: string): unknown {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  switch (code) {
    case undefined:
      return error;
    case 'ENOSPC':
    case 'EDQUOT':
      return new EnxameError('disk-full', { folder }, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new EnxameError('folder-not-writable', { folder }, { cause: error });
    case 'ENOENT':
      return new EnxameError('folder-missing', { folder }, { cause: error });
    case 'ENOTDIR':
    case 'EEXIST':
      return new EnxameError('folder-is-a-file', { folder }, { cause: error });
    default:
      // EIO, EFBIG, ENXIO, ...: nothing a person can do about but look at the disk. Other codes are not the disk's.
      return /^E[A-Z]+$/.test(code) ? new EnxameError('disk-failed', { reason: code }, { cause: error }) : error;
  }
}
