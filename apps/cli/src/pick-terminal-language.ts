import { pickLanguage, type Language } from '@enxame/shared/language';
import type { Environment } from './default-folders.js';

/** The language of a terminal, as POSIX ranks its variables: the first that is set decides. `pt_BR.UTF-8` is a tag too. */
export function pickTerminalLanguage(environment: Environment): Language {
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return pickLanguage([locale.replace('_', '-')]);
}
