import type { enOpened } from './en.opened.js';
import type { Widen, WithMany } from '@enxame/ui/i18n/word-shapes';

export const ptBrOpened: WithMany<Widen<typeof enOpened>> = {
  opened: {
    files_one: 'Compartilhar {{count, number}} arquivo?',
    files_many: 'Compartilhar {{count, number}} arquivos?',
    files_other: 'Compartilhar {{count, number}} arquivos?',
    more_one: 'e mais {{count, number}}',
    more_many: 'e mais {{count, number}}',
    more_other: 'e mais {{count, number}}',
    share: 'Compartilhar',
    byCode: 'Enviar com um código',
    notNow: 'Agora não',
    network: 'Um link para a rede em {{address}}',
    networkSeal: 'O selo dela deve ser “{{seal}}”. Compare antes de entrar.',
    networkHow: 'Para entrar, escreva este endereço em “Usar outra rede”.',
    shareLink: 'Um link para um arquivo na rede em {{address}}',
    shareLinkHow: 'Abra no navegador: https://{{address}}/f/{{id}}',
    copyAddress: 'Copiar o endereço',
    toConnection: 'Ir para Conexão',
    refused: 'O Enxame não conhece este tipo de link',
    refusedHow: 'Nada foi aberto. Peça um novo a quem o mandou.',
    restarted: 'A página foi aberta de novo',
    restartedHow: 'Ela tinha parado por engano. As transferências não foram interrompidas.',
  },
};
