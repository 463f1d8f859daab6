import type { Language } from '@enxame/shared/language';

/** What the commands about running a network, its counts, and leaving it say. */
export interface AdminWords {
  readonly columns: Readonly<
    Record<
      | 'setting'
      | 'value'
      | 'code'
      | 'left'
      | 'ends'
      | 'note'
      | 'id'
      | 'who'
      | 'reason'
      | 'when'
      | 'what'
      | 'name'
      | 'downloads'
      | 'size',
      string
    >
  >;
  readonly never: string;
  readonly nothing: string;
  readonly done: string;
  readonly removed: (entries: number) => string;
  readonly stats: Readonly<
    Record<
      'people' | 'files' | 'hosted' | 'links' | 'downloads' | 'direct' | 'relayed' | 'fromTracker' | 'since',
      string
    >
  >;
  readonly online: (online: number, all: number) => string;
  readonly askName: (network: string) => string;
  readonly left: (day: string) => string;
  readonly exported: (records: number, path: string) => string;
}

const en: AdminWords = {
  columns: {
    setting: 'SETTING',
    value: 'VALUE',
    code: 'CODE',
    left: 'LEFT',
    ends: 'ENDS',
    note: 'NOTE',
    id: 'ID',
    who: 'WHO',
    reason: 'REASON',
    when: 'WHEN',
    what: 'WHAT',
    name: 'NAME',
    downloads: 'DOWNLOADS',
    size: 'SIZE',
  },
  never: 'never',
  nothing: 'Nothing there.',
  done: 'Done.',
  removed: (entries) => (entries === 1 ? '1 entry removed.' : `${String(entries)} entries removed.`),
  stats: {
    people: 'People',
    files: 'Files',
    hosted: 'Kept by the server',
    links: 'Links',
    downloads: 'Downloads',
    direct: 'Moved directly',
    relayed: 'Relayed',
    fromTracker: 'From the server',
    since: 'Counted since',
  },
  online: (online, all) => `${String(online)} of ${String(all)} online`,
  askName: (network) =>
    `Everything that “${network}” holds of you goes: entries, copies, links, tokens and your name. This cannot be taken back.\nType your name to leave: `,
  left: (day) => `You left. Nobody can take your name before ${day}.`,
  exported: (records, path) => `${String(records)} records written to ${path}`,
};

const ptBr: AdminWords = {
  columns: {
    setting: 'AJUSTE',
    value: 'VALOR',
    code: 'CÓDIGO',
    left: 'RESTAM',
    ends: 'TERMINA',
    note: 'NOTA',
    id: 'ID',
    who: 'QUEM',
    reason: 'MOTIVO',
    when: 'QUANDO',
    what: 'O QUÊ',
    name: 'NOME',
    downloads: 'DOWNLOADS',
    size: 'TAMANHO',
  },
  never: 'nunca',
  nothing: 'Nada aqui.',
  done: 'Feito.',
  removed: (entries) => (entries === 1 ? '1 item removido.' : `${String(entries)} itens removidos.`),
  stats: {
    people: 'Pessoas',
    files: 'Arquivos',
    hosted: 'Guardado pelo servidor',
    links: 'Links',
    downloads: 'Downloads',
    direct: 'Direto',
    relayed: 'Retransmitido',
    fromTracker: 'Do servidor',
    since: 'Contado desde',
  },
  online: (online, all) => `${String(online)} de ${String(all)} on-line`,
  askName: (network) =>
    `Tudo o que “${network}” guarda de você some: itens, cópias, links, tokens e o seu nome. Isto não pode ser desfeito.\nEscreva o seu nome para sair: `,
  left: (day) => `Você saiu. Ninguém pode usar o seu nome antes de ${day}.`,
  exported: (records, path) => `${String(records)} registros gravados em ${path}`,
};

export const adminWords: Readonly<Record<Language, AdminWords>> = { en, 'pt-BR': ptBr };
