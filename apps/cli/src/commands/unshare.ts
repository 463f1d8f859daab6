import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { entryIdSchema } from '@enxame/shared/ids';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';

export function runUnshare(context: CommandContext, id: string): Promise<Outcome> {
  const entryId = entryIdSchema.safeParse(id);
  if (!entryId.success) throw new EnxameError('entry-not-found');
  return withEngine(context, async ({ client }) => {
    await client.call('share:remove', { id: entryId.data });
    return { document: { id: entryId.data }, text: () => context.words.unshared };
  });
}
