import type { Language } from '@enxame/shared/language';
import { shellWordsEn } from './shell-words.en.js';
import { shellWordsPtBr } from './shell-words.pt-br.js';

/** What the shell says outside of its page, in one language. Sizes, speeds and names come ready to be shown. */
export interface ShellWords {
  readonly menu: {
    readonly file: string;
    readonly edit: string;
    readonly view: string;
    readonly transfers: string;
    readonly window: string;
    readonly help: string;
    readonly about: string;
    readonly services: string;
    readonly hide: string;
    readonly hideOthers: string;
    readonly showAll: string;
    readonly shareFiles: string;
    readonly shareFolder: string;
    readonly send: string;
    readonly receive: string;
    readonly settings: string;
    readonly closeWindow: string;
    readonly quit: string;
    readonly undo: string;
    readonly redo: string;
    readonly cut: string;
    readonly copy: string;
    readonly paste: string;
    readonly selectAll: string;
    readonly search: string;
    readonly commands: string;
    readonly filesPage: string;
    readonly transfersPage: string;
    readonly sendPage: string;
    readonly peoplePage: string;
    readonly connectionPage: string;
    readonly historyPage: string;
    readonly largerText: string;
    readonly smallerText: string;
    readonly normalText: string;
    readonly fullScreen: string;
    readonly developerTools: string;
    readonly minimize: string;
    readonly zoom: string;
    readonly front: string;
    readonly shortcuts: string;
    readonly pauseAll: string;
    readonly resumeAll: string;
  };
  readonly tray: {
    readonly open: string;
    readonly noNetwork: string;
    readonly noServer: string;
    readonly starting: string;
    readonly still: string;
    readonly speeds: (receive: string, send: string) => string;
    readonly timeLeft: (time: string) => string;
    readonly more: (running: number, waiting: number) => string;
    readonly needsYou: (count: number) => string;
    readonly copyCode: (code: string) => string;
    readonly quitAndStop: (count: number) => string;
  };
  readonly notices: {
    readonly arrived: (name: string) => string;
    readonly arrivedMany: (count: number, person: string) => string;
    readonly arrivedFrom: (size: string, person: string) => string;
    readonly textArrived: (person: string | null) => string;
    readonly received: (person: string, name: string) => string;
    readonly receivedMany: (person: string, count: number) => string;
    readonly failed: (name: string) => string;
    readonly failedMany: (count: number) => string;
    readonly failedManyHow: string;
    readonly offered: (person: string | null, size: string) => string;
    readonly codeTaken: (person: string | null, code: string) => string;
    readonly compare: (words: string) => string;
    readonly somebody: string;
    readonly showInFolder: string;
    readonly tryAgain: string;
    readonly receive: string;
    readonly notNow: string;
    readonly open: string;
    readonly stillHere: string;
    readonly stillHereHow: string;
    readonly updateReady: (version: string) => string;
    readonly updateReadyHow: string;
    readonly restart: string;
  };
  readonly crash: {
    readonly restarted: string;
    readonly restartedHow: string;
    readonly again: string;
    readonly againHow: string;
    readonly openAgain: string;
    readonly quit: string;
  };
}

const words: Readonly<Record<Language, ShellWords>> = { en: shellWordsEn, 'pt-BR': shellWordsPtBr };

export function shellWords(language: Language): ShellWords {
  return words[language];
}
