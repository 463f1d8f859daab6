import type { TokenScope } from '@enxame/shared/tracker/token';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { toTable } from '../output/table.js';
import { networkWords } from '../words/network-words.js';

export interface TokenFlags {
  readonly scope?: readonly TokenScope[];
}

/** The secret alone on the first line: what `$(enxame token create ci | head -1)` takes. */
export function runTokenCreate(context: CommandContext, name: string, flags: TokenFlags): Promise<Outcome> {
  return withEngine(context, async ({ client }) => {
    const made = await client.call('token:create', {
      name,
      scopes: [...(flags.scope ?? (['read', 'upload'] as const))],
    });
    return { document: made, text: () => networkWords[context.language].secret(made.secret) };
  });
}

export function runTokenList(context: CommandContext): Promise<Outcome> {
  const { language } = context;
  const words = networkWords[language];
  return withEngine(context, async ({ client }) => {
    const { tokens } = await client.call('tokens:list', {});
    const time = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' });
    const { columns } = words;
    const text = (): string =>
      tokens.length === 0
        ? words.none.tokens
        : toTable(
            [
              { title: columns.id, cell: ({ id }) => id },
              { title: columns.scopes, cell: ({ scopes }) => scopes.map((scope) => words.scopes[scope]).join(', ') },
              { title: columns.used, cell: ({ lastUsedAt }) => (lastUsedAt === null ? words.never : time.format(lastUsedAt)) }, // prettier-ignore
              { title: columns.name, cell: ({ name }) => name },
            ],
            tokens,
          );
    return { document: { tokens }, text };
  });
}

export function runTokenRevoke(context: CommandContext, id: string): Promise<Outcome> {
  return withEngine(context, async ({ client }) => {
    await client.call('token:revoke', { id });
    return { document: {}, text: () => networkWords[context.language].revoked };
  });
}
