import type { Widen, WithMany } from '@enxame/ui/i18n/word-shapes';
import type { enPreview } from './en.preview.js';

export const ptBrPreview: WithMany<Widen<typeof enPreview>> = {
  preview: {
    open: 'Pré-visualizar',
    fetch: 'Baixar e pré-visualizar',
    openName: 'Pré-visualizar {{name}}',
    loading: 'Carregando a pré-visualização',
    coming: '{{percent}} já está aqui. O que você vê é buscado primeiro.',
    waiting: 'Esperando uma fonte. {{percent}} já está aqui.',
    paused: 'O download está pausado em {{percent}}. O que não está aqui não pode ser mostrado.',
    cannotShow: 'Este arquivo não pode ser mostrado aqui',
    cannotShowWhy:
      'Está danificado ou é de um tipo que esta janela não conhece. Outro programa pode abri-lo, a partir da pasta.',
    pdf: 'Arquivos PDF não são mostrados nesta janela',
    pdfTab: 'Abra em uma aba própria, onde o navegador o mostra ou salva.',
    pdfFolder: 'Abra com outro programa, a partir da pasta.',
    openTab: 'Abrir em nova aba',
    firstOf: 'Os primeiros {{part}} de {{size}}',
    empty: 'Este arquivo está vazio.',
    text: 'Texto de {{name}}',
    picture: 'Imagem: {{name}}',
    player: 'Reprodutor: {{name}}',
    inFolder: 'Nesta pasta',
    moreInFolder_one: 'e mais {{count, number}} na própria pasta',
    moreInFolder_many: 'e mais {{count, number}} na própria pasta',
    moreInFolder_other: 'e mais {{count, number}} na própria pasta',
  },
};
