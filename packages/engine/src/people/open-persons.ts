import type { EngineEventName, EngineEvents } from '@enxame/shared/engine/events';
import type { OnBroken } from '@enxame/storage/json-document';
import type { Logger } from 'pino';
import type { Closing } from '../closing.js';
import type { TrackerBook } from '../tracker/tracker-book.js';
import type { TrackerLink } from '../tracker/tracker-session.js';
import { openKeyPins, type KeyPins } from './key-pins.js';
import { createKnownPeople, type KnownPeopleList } from './known-people.js';
import { createPeople } from './people.js';
import { openPersonBook, type PersonBook } from './person-book.js';

/** Whom this person knows: the keys, what is noted of whom, and, once there is a tracker to ask, who is there. */
export interface Persons {
  readonly keyPins: KeyPins;
  readonly personBook: PersonBook;
  /** From now on the people of the network are followed. */
  follow(link: TrackerLink): FollowedPeople;
}

export interface FollowedPeople {
  readonly list: KnownPeopleList;
  readonly setOffline: () => void;
  /** Something about a person is not what it was. */
  readonly changed: () => void;
}

/** `closing` gets what ends it. */
export async function openPersons(
  dataFolder: string,
  deps: {
    readonly book: TrackerBook;
    readonly broadcast: <N extends EngineEventName>(event: N, payload: EngineEvents[N]) => void;
    readonly onBroken: OnBroken;
    readonly logger: Logger;
    readonly now: () => number;
  },
  closing: Closing,
): Promise<Persons> {
  const { broadcast, logger, now, onBroken } = deps;
  const keyPins = await openKeyPins(dataFolder, {
    onBroken,
    onOtherKey: (name) => {
      broadcast('notice:raised', { code: 'person-key-changed', params: { name } });
    },
    now,
  });
  closing.add(() => keyPins.close());
  const personBook = await openPersonBook(dataFolder, { onBroken, now });
  closing.add(() => personBook.close());
  const known = createKnownPeople({
    book: personBook,
    pins: keyPins,
    trackerId: () => deps.book.current?.trackerId,
    onInternal: (error) => {
      logger.error({ err: error }, 'the key of a person could not be kept');
    },
  });
  return {
    keyPins,
    personBook,
    follow: (link) => {
      const people = createPeople({
        link,
        onChange: (list) => {
          known.meet(list);
          broadcast('people:changed', known.toKnown(list));
        },
        logger,
        now,
      });
      closing.add(people.close);
      const endFound = link.onPush('search:found', (search) => {
        const found = search.found.filter(({ owner }) => !personBook.isBlocked(owner));
        if (found.length > 0 || search.found.length === 0) broadcast('search:found', { ...search, found });
      });
      closing.add(endFound);
      return {
        get list() {
          return known.toKnown(people.list);
        },
        setOffline: () => {
          people.setOffline();
        },
        changed: () => {
          broadcast('people:changed', known.toKnown(people.list));
        },
      };
    },
  };
}
