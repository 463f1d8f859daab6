import type { EngineClient } from '@enxame/shared/engine/engine-client';
import type { Visibility } from '@enxame/shared/engine/visibility';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { entryIdSchema } from '@enxame/shared/ids';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { personWords } from '../words/person-words.js';
import { findAudience } from './person.js';

export interface VisibilityFlags {
  /** Names of people. */
  readonly only?: readonly string[];
  readonly linkOnly?: boolean;
  readonly everyone?: boolean;
}

/** What the flags say; undefined when they say nothing. Throws `flag-invalid` when they say two things. */
export async function toVisibility(
  context: CommandContext,
  client: EngineClient,
  { only, linkOnly = false, everyone = false }: VisibilityFlags,
): Promise<Visibility | undefined> {
  if ([only !== undefined, linkOnly, everyone].filter(Boolean).length > 1) {
    throw new EnxameError('flag-invalid', { flag: '--only' });
  }
  if (linkOnly) return { kind: 'link' };
  if (everyone) return { kind: 'everyone' };
  return only && { kind: 'people', people: await findAudience(context, client, only) };
}

export function describeVisibility({ language }: CommandContext, visibility: Visibility): string {
  const words = personWords[language];
  if (visibility.kind === 'everyone') return words.everyone;
  return visibility.kind === 'link' ? words.linkOnly : words.people(visibility.people.length);
}

/** Changes who may know of a share. */
export function runShow(context: CommandContext, id: string, flags: VisibilityFlags): Promise<Outcome> {
  const entryId = entryIdSchema.safeParse(id);
  if (!entryId.success) throw new EnxameError('entry-not-found');
  return withEngine(context, async ({ client }) => {
    const visibility = await toVisibility(context, client, flags);
    if (!visibility) throw new EnxameError('flag-invalid', { flag: '--only' });
    const share = await client.call('share:show', { id: entryId.data, visibility });
    return {
      document: { id: share.id, name: share.name, visibility: share.visibility },
      text: () => personWords[context.language].visible(share.name, describeVisibility(context, share.visibility)),
    };
  });
}
