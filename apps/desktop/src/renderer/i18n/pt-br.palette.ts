import type { enPalette } from './en.palette.js';
import type { Widen, WithMany } from '@enxame/ui/i18n/word-shapes';

export const ptBrPalette: WithMany<Widen<typeof enPalette>> = {
  palette: {
    title: 'Ir a um arquivo, uma pessoa ou um comando',
    hint: 'Arquivo, pessoa ou comando',
    commands: 'Comandos',
    none: 'Nada se chama “{{query}}”',
    historyWords: 'recibos, enviados, recebidos',
    codeWords: 'código, wormhole',
    addWords: 'compartilhar',
    limitsWords: 'horários, devagar',
  },
};
