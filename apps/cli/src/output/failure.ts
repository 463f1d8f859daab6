import { describeError } from '@enxame/shared/errors/describe-error';
import { toErrorInfo, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { Language } from '@enxame/shared/language';
import { CommanderError } from 'commander';

/** An error as `--json` prints it; `message` is for people, `code` for programs. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

export function toFailure(error: unknown, language: Language): Failure {
  // Commander says what is wrong with the command line better than any sentence of a closed list.
  if (error instanceof CommanderError) return { code: 'bad-request', message: error.message.replace(/^error: /, '') };
  return describeFailure(toErrorInfo(error), language);
}

export function describeFailure(info: ErrorInfo, language: Language): Failure {
  const { what, todo } = describeError(info, language);
  return { code: info.code, message: `${what} ${todo}` };
}
