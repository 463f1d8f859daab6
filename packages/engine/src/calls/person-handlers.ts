import { toPairWords } from '@enxame/identity/pair-words';
import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { personCalls } from '@enxame/shared/engine/person-calls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { UserId } from '@enxame/shared/ids';
import type { KeyPins } from '../people/key-pins.js';
import type { KnownPeopleList } from '../people/known-people.js';
import type { NamedUser, PersonBook } from '../people/person-book.js';
import type { TrackerBook } from '../tracker/tracker-book.js';

export interface PersonHandlerDeps {
  readonly people: { readonly list: KnownPeopleList };
  readonly personBook: PersonBook;
  readonly keyPins: KeyPins;
  readonly book: TrackerBook;
  /** Something about a person is not what it was. */
  readonly onPersonChanged: () => void;
  /** Others are blocked now. */
  readonly onBlocked: () => void;
}

export function createPersonHandlers(deps: PersonHandlerDeps): Pick<EngineHandlers, keyof typeof personCalls> {
  const { personBook } = deps;

  /** Throws `not-found` for who is neither listed nor remembered. */
  function personOf(id: UserId): NamedUser {
    const name = deps.people.list.people.find((person) => person.id === id)?.name ?? personBook.get(id)?.name;
    if (name === undefined) throw new EnxameError('not-found');
    return { id, name };
  }

  async function done(work: Promise<void>): Promise<Record<string, never>> {
    await work;
    deps.onPersonChanged();
    return {};
  }

  async function verify(id: UserId, isVerified: boolean): Promise<void> {
    const person = personOf(id);
    const { current } = deps.book;
    // Compared: whatever key the name had before, this one is theirs.
    if (isVerified && current) await deps.keyPins.replace(current.trackerId, person.name, id);
    await personBook.verify(person, isVerified);
  }

  async function block(id: UserId, isBlocked: boolean): Promise<void> {
    if (id === deps.book.current?.user?.id) throw new EnxameError('bad-request');
    await personBook.block(personOf(id), isBlocked);
    deps.onBlocked();
  }

  return {
    'people:list': () => deps.people.list,
    'person:words': async ({ id }) => {
      const me = deps.book.current?.user?.id;
      if (me === undefined) throw new EnxameError('not-registered');
      return { words: await toPairWords(me, id) };
    },
    'person:verify': ({ id, verified }) => done(verify(id, verified)),
    'person:block': ({ id, blocked }) => done(block(id, blocked)),
    'person:note': ({ id, note }) => done(personBook.note(personOf(id), note)),
    'people:blocked': () => ({ people: personBook.blocked() }),
  };
}
