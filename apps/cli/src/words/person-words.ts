import type { Language } from '@enxame/shared/language';

/** What the commands about people, visibility and watched folders say. */
export interface PersonWords {
  readonly columns: Readonly<Record<'trust' | 'note' | 'folder' | 'shared' | 'waiting' | 'who', string>>;
  readonly verified: string;
  readonly keyChanged: string;
  readonly blocked: string;
  readonly words: (name: string, words: string) => string;
  readonly askSame: string;
  readonly isYes: (answer: string) => boolean;
  readonly trusted: (name: string) => string;
  readonly untrusted: (name: string) => string;
  readonly block: (name: string) => string;
  readonly unblock: (name: string) => string;
  readonly nobodyBlocked: string;
  readonly noted: (name: string) => string;
  readonly noNote: string;
  readonly everyone: string;
  readonly linkOnly: string;
  readonly people: (count: number) => string;
  readonly visible: (name: string, who: string) => string;
  readonly watching: (path: string, who: string) => string;
  readonly noneWatched: string;
  readonly unwatched: string;
}

const en: PersonWords = {
  columns: { trust: 'TRUST', note: 'NOTE', folder: 'FOLDER', shared: 'SHARED', waiting: 'WAITING', who: 'WHO' },
  verified: 'verified',
  keyChanged: 'ANOTHER KEY',
  blocked: 'blocked',
  words: (name, words) =>
    `${words}\n${name} must see the same: “enxame people words <your name>” there, or under People.`,
  askSame: 'Are they the same? [y/N] ',
  isYes: (answer) => /^y(es)?$/i.test(answer.trim()),
  trusted: (name) => `The key of ${name} is verified.`,
  untrusted: (name) => `The key of ${name} is not verified any more.`,
  block: (name) => `${name} is blocked: hidden here, and refused.`,
  unblock: (name) => `${name} is not blocked any more.`,
  nobodyBlocked: 'Nobody is blocked.',
  noted: (name) => `Noted about ${name}.`,
  noNote: 'Nothing is noted.',
  everyone: 'everyone',
  linkOnly: 'link or code only',
  people: (count) => (count === 1 ? '1 person' : `${String(count)} people`),
  visible: (name, who) => `${name}: ${who}.`,
  watching: (path, who) => `Watching ${path} (${who}).`,
  noneWatched: 'No folder is watched.',
  unwatched: 'Not watched any more; what was shared stays shared.',
};

const ptBr: PersonWords = {
  columns: { trust: 'CONFIANÇA', note: 'NOTA', folder: 'PASTA', shared: 'ENVIADOS', waiting: 'À ESPERA', who: 'QUEM' },
  verified: 'conferido',
  keyChanged: 'OUTRA CHAVE',
  blocked: 'bloqueio',
  words: (name, words) =>
    `${words}\n${name} precisa ver as mesmas: “enxame people words <seu nome>” lá, ou em Pessoas.`,
  askSame: 'São as mesmas? [s/N] ',
  isYes: (answer) => /^s(im)?$/i.test(answer.trim()),
  trusted: (name) => `A chave de ${name} está conferida.`,
  untrusted: (name) => `A chave de ${name} não está mais conferida.`,
  block: (name) => `Você bloqueou ${name}: nada aparece aqui, e tudo é recusado.`,
  unblock: (name) => `Você desbloqueou ${name}.`,
  nobodyBlocked: 'Ninguém está bloqueado.',
  noted: (name) => `Nota sobre ${name} salva.`,
  noNote: 'Nenhuma nota.',
  everyone: 'todos',
  linkOnly: 'só por link ou código',
  people: (count) => (count === 1 ? '1 pessoa' : `${String(count)} pessoas`),
  visible: (name, who) => `${name}: ${who}.`,
  watching: (path, who) => `Vigiando ${path} (${who}).`,
  noneWatched: 'Nenhuma pasta é vigiada.',
  unwatched: 'Não é mais vigiada; o que foi compartilhado continua.',
};

export const personWords: Readonly<Record<Language, PersonWords>> = { en, 'pt-BR': ptBr };
