import type { EngineClient } from '@enxame/shared/engine/engine-client';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { contentIdSchema, type ContentId } from '@enxame/shared/ids';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { toPrintable } from '../output/printable.js';
import { networkWords } from '../words/network-words.js';

export interface KeepFlags {
  readonly for?: number;
}

/** Has a copy of a content kept on the tracker: by the id of an entry, or of the content. */
export function runKeep(context: CommandContext, id: string, flags: KeepFlags): Promise<Outcome> {
  return withEngine(context, async ({ client }) => {
    const { contentId, name } = await findContent(client, id);
    const copy = await client.call('hosted:keep', { contentId, name, lifeMs: flags.for ?? null });
    return {
      document: copy,
      text: () => networkWords[context.language].kept(toPrintable(copy.name), copy.state),
    };
  });
}

export function runDrop(context: CommandContext, id: string): Promise<Outcome> {
  return withEngine(context, async ({ client }) => {
    const given = contentIdSchema.safeParse(id);
    const contentId = given.success ? given.data : (await findContent(client, id)).contentId;
    await client.call('hosted:drop', { contentId });
    return { document: {}, text: () => networkWords[context.language].dropped };
  });
}

async function findContent(client: EngineClient, id: string): Promise<{ contentId: ContentId; name: string }> {
  const window = { offset: 0, limit: 1 };
  const [row] = (await client.call('catalogue:list', { query: { text: id }, window })).rows;
  if (row && (row.contentId === id || row.id === id)) return row;
  for (let after: Parameters<typeof client.call<'shares:list'>>[1]['after']; ;) {
    const page = await client.call('shares:list', after === undefined ? {} : { after });
    const share = page.shares.find((each) => each.id === id);
    if (share?.contentId) return { contentId: share.contentId, name: share.name };
    if (page.next === undefined) throw new EnxameError('entry-not-found');
    after = page.next;
  }
}
