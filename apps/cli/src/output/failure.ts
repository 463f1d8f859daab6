import { describeError } from '@enxame/shared/errors/describe-error';
import { toErrorInfo, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { Language } from '@enxame/shared/language';
import { CommanderError } from 'commander';
import { pickWords } from '../words/pick-words.js';

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
  const own = describeHere(info, language);
  if (own !== undefined) return { code: info.code, message: own };
  const { what, todo } = describeError(info, language);
  return { code: info.code, message: `${what} ${todo}` };
}

/** Where the shared sentence, made for the window, is not true of a command: nothing here starts an engine again. */
function describeHere({ code, params }: ErrorInfo, language: Language): string | undefined {
  const words = pickWords(language);
  if (code === 'engine-stopped') return words.engineStopped;
  if (code === 'cancelled' && params?.['transfer'] !== undefined) return words.paused;
  return undefined;
}
