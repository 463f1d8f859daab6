import type { Settings } from '@enxame/shared/engine/status';
import type { Language } from '@enxame/shared/language';

interface ConfigWords {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
  readonly meanings: Readonly<Record<Exclude<keyof Settings, 'wordsSavedAt'>, string>>;
}

export const configWords: Readonly<Record<Language, ConfigWords>> = {
  en: {
    name: 'Setting',
    value: 'Value',
    meaning: 'What it does',
    meanings: {
      downloadsFolder: 'where downloads land',
      deviceName: 'the name of this computer that others see',
      language: 'en, pt-BR or system',
      theme: 'light, dark or system',
      listenPort: 'the port for other computers, from the next start; 0 is any',
      mapPort: 'ask the router for a way in',
      startAtLogin: 'start the app with the session, without a window',
      closeToTray: 'closing the window leaves the app in the tray',
      keepAwake: 'keep the computer awake while bytes move',
      notifications: 'any of arrived,received,failed,code; or none',
      automaticUpdates: 'look for newer versions and fetch them',
    },
  },
  'pt-BR': {
    name: 'Ajuste',
    value: 'Valor',
    meaning: 'O que faz',
    meanings: {
      downloadsFolder: 'onde ficam os arquivos recebidos',
      deviceName: 'o nome deste computador que os outros veem',
      language: 'en, pt-BR ou system (do sistema)',
      theme: 'light (claro), dark (escuro) ou system (do sistema)',
      listenPort: 'a porta para os outros computadores, a partir do próximo início; 0 é qualquer uma',
      mapPort: 'pedir uma entrada ao roteador',
      startAtLogin: 'abrir o aplicativo com a sessão, sem janela',
      closeToTray: 'fechar a janela deixa o aplicativo na bandeja',
      keepAwake: 'manter o computador acordado enquanto algo se move',
      notifications: 'entre arrived,received,failed,code; ou none (nenhuma)',
      automaticUpdates: 'procurar versões novas e baixar',
    },
  },
};
