import type { Widen, WithMany } from '@enxame/ui/i18n/word-shapes';
import type { commonEn } from './common.en.js';

export const commonPtBr: WithMany<Widen<typeof commonEn>> = {
  common: {
    close: 'Fechar',
    copied: 'Copiado',
    copyDetails: 'Copiar detalhes',
    tryAgain: 'Tentar de novo',
    cancel: 'Cancelar',
    language: 'Idioma',
    toDark: 'Tema escuro',
    toLight: 'Tema claro',
    skip: 'Ir para o conteúdo',
    loading: 'Carregando',
    folder: 'Pasta',
    files_one: '{{count, number}} arquivo',
    files_many: '{{count, number}} de arquivos',
    files_other: '{{count, number}} arquivos',
    copySha: 'Copiar SHA-256',
  },
  presence: { online: 'on-line', offline: 'off-line', unknown: 'presença desconhecida' },
};
