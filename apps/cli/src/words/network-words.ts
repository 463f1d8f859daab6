import type { Language } from '@enxame/shared/language';
import type { HostedCopy } from '@enxame/shared/tracker/hosted';
import type { TokenScope } from '@enxame/shared/tracker/token';

/** What the commands about links, copies on the tracker and tokens say. */
export interface NetworkWords {
  readonly columns: Readonly<
    Record<
      'link' | 'name' | 'downloads' | 'ends' | 'when' | 'who' | 'size' | 'agent' | 'id' | 'scopes' | 'used',
      string
    >
  >;
  readonly never: string;
  readonly anybody: string;
  readonly downloads: (count: number, max: number | null) => string;
  readonly incomplete: string;
  readonly none: Readonly<Record<'links' | 'takes' | 'tokens', string>>;
  readonly revoked: string;
  readonly kept: (name: string, state: HostedCopy['state']) => string;
  readonly dropped: string;
  readonly states: Readonly<Record<HostedCopy['state'], string>>;
  readonly scopes: Readonly<Record<TokenScope, string>>;
  readonly secret: (secret: string) => string;
}

const en: NetworkWords = {
  columns: {
    link: 'LINK',
    name: 'NAME',
    downloads: 'DOWNLOADS',
    ends: 'ENDS',
    when: 'WHEN',
    who: 'WHO',
    size: 'SIZE',
    agent: 'PROGRAM',
    id: 'ID',
    scopes: 'MAY',
    used: 'LAST USED',
  },
  never: 'never',
  anybody: '(anybody)',
  downloads: (count, max) => (max === null ? String(count) : `${String(count)} of ${String(max)}`),
  incomplete: ' (not all)',
  none: { links: 'No links.', takes: 'Nobody took anything.', tokens: 'No tokens.' },
  revoked: 'It opens nothing any more.',
  kept: (name, state) => (state === 'here' ? `The tracker has ${name}.` : `The tracker is going to keep ${name}.`),
  dropped: 'The tracker no longer keeps it for you.',
  states: { waiting: 'waiting for a source', fetching: 'on its way', here: 'there', failed: 'failed' },
  scopes: { read: 'read', upload: 'upload', admin: 'administer' },
  secret: (secret) => `${secret}\nKeep it: it is shown this once.`,
};

const ptBr: NetworkWords = {
  columns: {
    link: 'LINK',
    name: 'NOME',
    downloads: 'DOWNLOADS',
    ends: 'TERMINA',
    when: 'QUANDO',
    who: 'QUEM',
    size: 'TAMANHO',
    agent: 'PROGRAMA',
    id: 'ID',
    scopes: 'PODE',
    used: 'ÚLTIMO USO',
  },
  never: 'nunca',
  anybody: '(qualquer pessoa)',
  downloads: (count, max) => (max === null ? String(count) : `${String(count)} de ${String(max)}`),
  incomplete: ' (não tudo)',
  none: { links: 'Nenhum link.', takes: 'Ninguém baixou nada.', tokens: 'Nenhum token.' },
  revoked: 'Não abre mais nada.',
  kept: (name, state) => (state === 'here' ? `O servidor tem ${name}.` : `O servidor vai guardar ${name}.`),
  dropped: 'O servidor não o guarda mais para você.',
  states: { waiting: 'à espera de uma fonte', fetching: 'a caminho', here: 'guardado', failed: 'falhou' },
  scopes: { read: 'ler', upload: 'enviar', admin: 'administrar' },
  secret: (secret) => `${secret}\nGuarde-o: ele é mostrado só desta vez.`,
};

export const networkWords: Readonly<Record<Language, NetworkWords>> = { en, 'pt-BR': ptBr };
