import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { contentIdSchema, entryIdSchema } from '@enxame/shared/ids';
import { linkIdSchema, type Link, type LinkId } from '@enxame/shared/tracker/link';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { formatBytes } from '../output/format.js';
import { toTable } from '../output/table.js';
import { toPrintable } from '../output/printable.js';
import { networkWords } from '../words/network-words.js';

export interface LinkFlags {
  readonly for?: number;
  readonly downloads?: number;
  readonly password?: string;
}

const targetSchema = entryIdSchema.or(contentIdSchema);

export function runLinkCreate(context: CommandContext, id: string, flags: LinkFlags): Promise<Outcome> {
  const target = targetSchema.safeParse(id);
  if (!target.success) throw new EnxameError('entry-not-found');
  return withEngine(context, async ({ client }) => {
    const link = await client.call('link:create', {
      target: target.data,
      lifeMs: flags.for ?? null,
      maxDownloads: flags.downloads ?? null,
      password: flags.password ?? null,
    });
    return { document: link, text: () => link.url };
  });
}

export function runLinkList(context: CommandContext): Promise<Outcome> {
  const { language } = context;
  const words = networkWords[language];
  return withEngine(context, async ({ client }) => {
    const links: Link[] = [];
    for (let after: LinkId | undefined; ;) {
      const page = await client.call('links:list', after === undefined ? {} : { after });
      links.push(...page.links);
      after = page.links.at(-1)?.id;
      if (after === undefined || links.length >= page.total) break;
    }
    const time = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' });
    const { columns } = words;
    const text = (): string =>
      links.length === 0
        ? words.none.links
        : toTable(
            [
              { title: columns.link, cell: ({ url }) => toPrintable(url) },
              { title: columns.downloads, cell: (link) => words.downloads(link.downloads, link.maxDownloads) },
              { title: columns.ends, cell: ({ expiresAt }) => (expiresAt === null ? words.never : time.format(expiresAt)) }, // prettier-ignore
              { title: columns.name, cell: ({ name }) => name },
            ],
            links,
          );
    return { document: { links }, text };
  });
}

export function runLinkTakes(context: CommandContext, link: string): Promise<Outcome> {
  const { language } = context;
  const words = networkWords[language];
  return withEngine(context, async ({ client }) => {
    const { takes, total } = await client.call('link:takes', { id: toLinkId(link) });
    const time = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' });
    const { columns } = words;
    const text = (): string =>
      takes.length === 0
        ? words.none.takes
        : toTable(
            [
              { title: columns.when, cell: ({ at }) => time.format(at) },
              {
                title: columns.size,
                cell: ({ bytes, isComplete }) => `${formatBytes(bytes, language)}${isComplete ? '' : words.incomplete}`,
              },
              { title: columns.who, cell: ({ who }) => who ?? words.anybody },
              { title: columns.agent, cell: ({ agent }) => agent },
            ],
            takes,
          );
    return { document: { takes, total }, text };
  });
}

export function runLinkRevoke(context: CommandContext, link: string): Promise<Outcome> {
  return withEngine(context, async ({ client }) => {
    await client.call('link:revoke', { id: toLinkId(link) });
    return { document: {}, text: () => networkWords[context.language].revoked };
  });
}

/** The id itself, or the address in which it stands last. */
function toLinkId(text: string): LinkId {
  const parsed = linkIdSchema.safeParse(text.split('/').at(-1));
  if (!parsed.success) throw new EnxameError('link-ended');
  return parsed.data;
}
