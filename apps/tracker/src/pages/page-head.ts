import { toByteWords } from '@enxame/shared/byte-words';
import type { Language } from '@enxame/shared/language';
import type { LinkPage } from '@enxame/shared/tracker/link';

/** What a page says before its script runs, and to those who never run it: chat programs, and browsers without. */
export interface PageHead {
  readonly title: string;
  readonly description: string;
  /** HTML for browsers without JavaScript. */
  readonly noscript: string;
}

const words = {
  en: {
    network: (name: string) => `Files shared in ${name}`,
    from: (size: string, owner: string) => `${size}, shared by ${owner}`,
    locked: 'A file with a password',
    gone: 'This link has ended',
    download: (name: string) => `Download ${name}`,
    needed: 'This page needs JavaScript.',
    lockedNeeds: 'To write the password, this page needs JavaScript.',
    offline: 'The owner is offline. Come back later.',
  },
  'pt-BR': {
    network: (name: string) => `Arquivos compartilhados em ${name}`,
    from: (size: string, owner: string) => `${size}, de ${owner}`,
    locked: 'Um arquivo com senha',
    gone: 'Este link terminou',
    download: (name: string) => `Baixar ${name}`,
    needed: 'Esta página precisa de JavaScript.',
    lockedNeeds: 'Para escrever a senha, esta página precisa de JavaScript.',
    offline: 'Quem compartilha está off-line. Volte mais tarde.',
  },
} as const satisfies Readonly<Record<Language, unknown>>;

export function toNetworkHead(network: string, language: Language): PageHead {
  const { network: describe, needed } = words[language];
  return { title: `${network} · Enxame`, description: describe(network), noscript: p(needed) };
}

/** `link` is null for one that has ended, or never was. */
export function toLinkHead(link: LinkPage | null, language: Language): PageHead {
  const say = words[language];
  const head = { description: 'Enxame' };
  if (!link) return { ...head, title: `${say.gone} · Enxame`, noscript: p(say.gone) };
  if (!link.content) return { ...head, title: `${say.locked} · Enxame`, noscript: p(say.lockedNeeds) };
  const { name, size, owner, files, from } = link.content;
  const description = say.from(toByteWords(size, language), owner.name);
  const path = `/links/${link.id}/${files === null ? 'content' : 'zip'}`;
  const noscript =
    link.downloadsLeft === 0
      ? p(say.gone)
      : from === 'offline'
        ? p(say.offline)
        : `<p><a href="${escapeHtml(path)}">${escapeHtml(say.download(name))}</a></p>`;
  return {
    ...head,
    title: `${name} · Enxame`,
    description,
    noscript: `<h1>${escapeHtml(name)}</h1>${p(description)}${noscript}`,
  };
}

/** Writes the head into the places that the built page keeps for it. */
export function fillPage(html: string, { title, description, noscript }: PageHead, fill: FillOptions): string {
  const { language, network } = fill;
  const meta = (name: string, value: string): string => `<meta ${name} content="${escapeHtml(value)}" />`;
  const head = [
    `<title>${escapeHtml(title)}</title>`,
    meta('name="description"', description),
    meta('property="og:title"', title),
    meta('property="og:description"', description),
    meta('property="og:site_name"', network),
    meta('property="og:type"', 'website'),
    // Who has the address may come in; nobody finds it by searching.
    meta('name="robots"', 'noindex'),
  ].join('\n    ');
  // By functions: a `$` in a name would otherwise be read as a pattern.
  return html
    .replace('<html lang="en">', () => `<html lang="${language}">`)
    .replace('<!--enxame:head-->', () => head)
    .replace('<!--enxame:noscript-->', () => noscript);
}

export interface FillOptions {
  readonly language: Language;
  readonly network: string;
}

const p = (text: string): string => `<p>${escapeHtml(text)}</p>`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
