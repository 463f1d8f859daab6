import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';

/**
 * What a failed write means to whoever asked for it from elsewhere. Other failures of this computer's disk stay this
 * computer's matter: they leave as `internal`, and its folders are not named.
 */
export function toStorageError(error: unknown): Error {
  if (isErrorWithCode(error, 'disk-full')) return new EnxameError('tracker-storage-full', undefined, { cause: error });
  return new Error('a document could not be written', { cause: error });
}
