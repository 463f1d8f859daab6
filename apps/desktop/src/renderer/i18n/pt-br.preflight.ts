import type { enPreflight } from './en.preflight.js';
import type { Widen, WithMany } from '@enxame/ui/i18n/word-shapes';

export const ptBrPreflight: WithMany<Widen<typeof enPreflight>> = {
  preflight: {
    doesNotFit: '“{{name}}” não cabe',
    nameTaken: 'Já há outra coisa chamada “{{name}}” lá',
    namesChange: 'Alguns nomes de “{{name}}” mudam neste computador',
    needs: 'Precisa de {{need}} e há {{free}} livres: faltam {{missing}}.',
    savedAs: 'O que está lá fica. O novo é guardado como “{{name}}”.',
    renames_one: '{{count, number}} nome não pode ficar como é neste sistema:',
    renames_many: '{{count, number}} de nomes não podem ficar como são neste sistema:',
    renames_other: '{{count, number}} nomes não podem ficar como são neste sistema:',
    renamesMore_one: 'e mais {{count, number}}',
    renamesMore_many: 'e mais {{count, number}}',
    renamesMore_other: 'e mais {{count, number}}',
    becomes: 'vira',
    filesHere: '{{done, number}} de {{total, number}} arquivos já estão aqui. Faltam {{size}}.',
    bytesHere: '{{done}} já estão aqui. Faltam {{size}}.',
    allHere: '“{{name}}” já está aqui',
    folder: 'Em',
    otherFolder: 'Escolher outra pasta',
    anyway: 'Baixar mesmo assim',
  },
};
