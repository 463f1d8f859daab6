import type { KnownPerson } from '@enxame/shared/engine/person-calls';
import type { TrackerId } from '@enxame/shared/ids';
import type { Person } from '@enxame/shared/tracker/person';
import type { KeyPins } from './key-pins.js';
import type { PeopleList } from './people.js';
import type { PersonBook } from './person-book.js';

export interface KnownPeopleList {
  readonly total: number;
  readonly people: KnownPerson[];
}

/** The people of the network as this person knows them. Whoever is listed for the first time has their key pinned. (P14) */
export function createKnownPeople(deps: {
  readonly book: Pick<PersonBook, 'get'>;
  readonly pins: KeyPins;
  readonly trackerId: () => TrackerId | undefined;
  readonly onInternal: (error: unknown) => void;
}): { readonly meet: (list: PeopleList) => void; readonly toKnown: (list: PeopleList) => KnownPeopleList } {
  const { book, pins } = deps;

  function toKnownPerson(person: Person): KnownPerson {
    const notes = book.get(person.id);
    const trackerId = deps.trackerId();
    return {
      ...person,
      verifiedAt: notes?.verifiedAt ?? null,
      keyChanged: trackerId !== undefined && pins.look(trackerId, person.name, person.id) === 'other',
      blocked: (notes?.blockedAt ?? null) !== null,
      note: notes?.note ?? '',
    };
  }

  return {
    meet: ({ people }) => {
      const trackerId = deps.trackerId();
      if (trackerId === undefined) return;
      for (const { id, name } of people) {
        if (pins.look(trackerId, name, id) !== 'same') pins.check(trackerId, name, id).catch(deps.onInternal);
      }
    },
    toKnown: ({ total, people }) => ({ total, people: people.map(toKnownPerson) }),
  };
}
