import type { EngineClient } from '@enxame/shared/engine/engine-client';
import type { KnownPerson } from '@enxame/shared/engine/person-calls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toNameKey } from '@enxame/shared/identity/user-name';
import type { UserId } from '@enxame/shared/ids';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { untilConnected } from '../engine/tracker-ready.js';
import { toTable } from '../output/table.js';
import { personWords } from '../words/person-words.js';
import { untilListed } from './people.js';

/** The person of this name in the network. Throws `not-found`. */
export async function findPerson(context: CommandContext, client: EngineClient, name: string): Promise<KnownPerson> {
  const { people } = await untilListed(context, client);
  const found = people.find((person) => toNameKey(person.name) === toNameKey(name));
  if (!found) throw new EnxameError('not-found', { name });
  return found;
}

type Work = (client: EngineClient, person: KnownPerson) => Promise<Outcome>;

function withPerson(context: CommandContext, name: string, work: Work): Promise<Outcome> {
  return withEngine(context, async ({ client }) => {
    const { user } = await untilConnected(client, context.stop);
    if (!user) throw new EnxameError('not-registered');
    return work(client, await findPerson(context, client, name));
  });
}

/** What both people see, to be compared aloud. */
export function runPersonWords(context: CommandContext, name: string): Promise<Outcome> {
  return withPerson(context, name, async (client, { id, name: known, verifiedAt, keyChanged }) => {
    const { words } = await client.call('person:words', { id });
    const document = { id, name: known, words, verifiedAt, keyChanged };
    return { document, text: () => personWords[context.language].words(known, words) };
  });
}

/** After the words were compared: by the person's answer, or `--yes`. */
export function runTrust(context: CommandContext, name: string, flags: { readonly yes?: boolean }): Promise<Outcome> {
  const said = personWords[context.language];
  return withPerson(context, name, async (client, { id, name: known }) => {
    const { words } = await client.call('person:words', { id });
    if (flags.yes !== true) {
      context.terminal.tell(said.words(known, words));
      const answer = await context.terminal.ask?.(said.askSame);
      if (answer === undefined) throw new EnxameError('flag-invalid', { flag: '--yes' });
      if (!said.isYes(answer)) throw new EnxameError('cancelled');
    }
    await client.call('person:verify', { id, verified: true });
    return { document: { id, name: known, words, verified: true }, text: () => said.trusted(known) };
  });
}

export function runUntrust(context: CommandContext, name: string): Promise<Outcome> {
  return withPerson(context, name, async (client, { id, name: known }) => {
    await client.call('person:verify', { id, verified: false });
    const text = (): string => personWords[context.language].untrusted(known);
    return { document: { id, name: known, verified: false }, text };
  });
}

export function runBlock(context: CommandContext, name: string): Promise<Outcome> {
  return withPerson(context, name, async (client, { id, name: known }) => {
    await client.call('person:block', { id, blocked: true });
    const text = (): string => personWords[context.language].block(known);
    return { document: { id, name: known, blocked: true }, text };
  });
}

/** Also of who is not listed any more. */
export function runUnblock(context: CommandContext, name: string): Promise<Outcome> {
  return withEngine(context, async ({ client }) => {
    const { people } = await client.call('people:blocked', {});
    const found = people.find((person) => toNameKey(person.name) === toNameKey(name));
    if (!found) throw new EnxameError('not-found', { name });
    await client.call('person:block', { id: found.id, blocked: false });
    const text = (): string => personWords[context.language].unblock(found.name);
    return { document: { id: found.id, name: found.name, blocked: false }, text };
  });
}

export function runBlocked(context: CommandContext): Promise<Outcome> {
  return withEngine(context, async ({ client }) => {
    const { people } = await client.call('people:blocked', {});
    const describe = (): string =>
      people.length === 0
        ? personWords[context.language].nobodyBlocked
        : toTable([{ title: context.words.columns.person, cell: ({ name }) => name }], people);
    return { document: { people }, text: describe };
  });
}

/** Without a text, what is noted; an empty one takes the note away. */
export function runNote(context: CommandContext, name: string, note: string | undefined): Promise<Outcome> {
  const said = personWords[context.language];
  return withPerson(context, name, async (client, { id, name: known, note: before }) => {
    if (note === undefined) {
      return { document: { id, name: known, note: before }, text: () => (before === '' ? said.noNote : before) };
    }
    await client.call('person:note', { id, note });
    return { document: { id, name: known, note }, text: () => said.noted(known) };
  });
}

/** The people of these names, to be those whom a share is for. */
export async function findAudience(
  context: CommandContext,
  client: EngineClient,
  names: readonly string[],
): Promise<UserId[]> {
  const ids: UserId[] = [];
  for (const name of names) ids.push((await findPerson(context, client, name)).id);
  return ids;
}
