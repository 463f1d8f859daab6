import type { App, Dialog } from 'electron';
import { describeError } from '@enxame/shared/errors/describe-error';
import type { ErrorInfo } from '@enxame/shared/errors/enxame-error';
import { pickLanguage, type Language } from '@enxame/shared/language';

const words: Readonly<Record<Language, { quit: string; wait: string }>> = {
  en: { quit: 'Quit', wait: 'Keep trying' },
  'pt-BR': { quit: 'Sair', wait: 'Continuar tentando' },
};

/**
 * Says why the engine cannot start (another program holds the data folder, the disk cannot be written), once for each
 * reason: it is tried again meanwhile, and would ask each time. A page cannot say it, for it has no engine to ask.
 */
export function createEngineFailure(deps: {
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly app: Pick<App, 'getPreferredSystemLanguages' | 'quit'>;
}): { tell(error: ErrorInfo): Promise<void>; clear(): void } {
  let told: string | undefined;
  return {
    async tell(error) {
      if (told === error.code) return;
      told = error.code;
      const language = pickLanguage(deps.app.getPreferredSystemLanguages());
      const { what, todo } = describeError(error, language);
      const { quit, wait } = words[language];
      const { response } = await deps.dialog.showMessageBox({
        type: 'error',
        title: 'Enxame',
        message: what,
        detail: todo,
        buttons: [quit, wait],
        defaultId: 1,
        cancelId: 1,
        noLink: true,
      });
      if (response === 0) deps.app.quit();
    },
    clear() {
      told = undefined;
    },
  };
}
