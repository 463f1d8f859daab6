import type { enVerify } from './en.verify.js';
import type { Widen, WithMany } from '@enxame/ui/i18n/word-shapes';

export const ptBrVerify: WithMany<Widen<typeof enVerify>> = {
  verify: {
    title: 'Conferir arquivos',
    how: 'Lê de novo cada arquivo que você compartilha ou recebeu e compara com o que ele era. Nada é mudado nem apagado.',
    start: 'Conferir agora',
    again: 'Conferir de novo',
    stop: 'Parar',
    running: 'Conferindo',
    progress: '{{done, number}} de {{total, number}} arquivos, {{bytes}} de {{totalBytes}}',
    allOk_one: '{{count, number}} arquivo conferido: está como era.',
    allOk_many: '{{count, number}} de arquivos conferidos: todos estão como eram.',
    allOk_other: '{{count, number}} arquivos conferidos: todos estão como eram.',
    nothing: 'Ainda não há o que conferir: nada é compartilhado e nada foi recebido.',
    stopped: 'Parou depois de {{done, number}} de {{total, number}} arquivos.',
    broken_one: '{{count, number}} arquivo não é mais o que era',
    broken_many: '{{count, number}} de arquivos não são mais o que eram',
    broken_other: '{{count, number}} arquivos não são mais o que eram',
    brokenHow: 'Ninguém recebe estes arquivos assim. Compartilhe de novo ou baixe de novo.',
    brokenMore_one: 'e mais {{count, number}}',
    brokenMore_many: 'e mais {{count, number}}',
    brokenMore_other: 'e mais {{count, number}}',
    finished: 'Última vez: {{when}}',
    list: 'Arquivos com problema',
    saidDone: 'Terminou de conferir',
  },
};
