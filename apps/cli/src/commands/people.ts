import type { EngineClient } from '@enxame/shared/engine/engine-client';
import type { KnownPerson } from '@enxame/shared/engine/person-calls';
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { follow } from '../engine/follow.js';
import { untilConnected } from '../engine/tracker-ready.js';
import { toTable } from '../output/table.js';
import { personWords } from '../words/person-words.js';

/** The list comes right after the session is open. */
const listTimeoutMs = 5000;

interface PeopleList {
  readonly total: number;
  readonly people: KnownPerson[];
}

export function runPeople(context: CommandContext): Promise<Outcome> {
  return withEngine(context, async ({ client }) => {
    const { user } = await untilConnected(client, context.stop);
    if (!user) throw new EnxameError('not-registered');
    const { total, people } = await untilListed(context, client);
    return { document: { people, total }, text: () => describe(context, people) };
  });
}

/** A list without anybody is one that did not come yet: whoever asks is in it. */
export async function untilListed(context: CommandContext, client: EngineClient): Promise<PeopleList> {
  const read = (): Promise<PeopleList> => client.call('people:list', {});
  try {
    return await follow<PeopleList, PeopleList>({
      client,
      read,
      subscribe: (listener) => client.on('people:changed', listener),
      decide: (list) => (list.people.length > 0 ? list : undefined),
      stop: context.stop,
      timeoutMs: listTimeoutMs,
    });
  } catch (error) {
    if (!isErrorWithCode(error, 'timed-out')) throw error;
    return read();
  }
}

function describe({ words, language }: CommandContext, people: readonly KnownPerson[]): string {
  if (people.length === 0) return words.none.people;
  const { columns, verified, keyChanged, blocked } = personWords[language];
  const trust = (person: KnownPerson): string =>
    [
      ...(person.keyChanged ? [keyChanged] : person.verifiedAt === null ? [] : [verified]),
      ...(person.blocked ? [blocked] : []),
    ].join(', ');
  return toTable(
    [
      { title: words.columns.presence, cell: ({ online }) => (online ? `● ${words.online}` : `○ ${words.offline}`) },
      { title: words.columns.files, cell: ({ entries }) => String(entries), align: 'right' },
      { title: columns.trust, cell: trust },
      { title: words.columns.person, cell: ({ name }) => name },
    ],
    people,
  );
}
