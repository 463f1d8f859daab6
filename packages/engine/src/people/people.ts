import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Person } from '@enxame/shared/tracker/person';
import type { Logger } from 'pino';
import type { TrackerLink } from '../tracker/tracker-session.js';

export interface PeopleList {
  readonly total: number;
  readonly people: Person[];
}

/** The people of the network; the last known ones, as offline, while there is no tracker. */
export interface People {
  readonly list: PeopleList;
  /** Once the tracker has told. Throws `tracker-offline`. */
  ready(): Promise<PeopleList>;
  setOffline(): void;
  readonly close: () => void;
}

export function createPeople(deps: {
  link: TrackerLink;
  onChange: (list: PeopleList) => void;
  logger: Logger;
  /** Milliseconds since 1970. */
  now: () => number;
}): People {
  let list: PeopleList = { total: 0, people: [] };
  let asked: Promise<void> | undefined;
  const set = (next: PeopleList): void => {
    list = next;
    deps.onChange(list);
  };

  const endSessions = deps.link.onSession((session) => {
    asked = session.request('people:watch', {}).then(set);
    asked.catch((error: unknown) => {
      if (!(error instanceof EnxameError)) deps.logger.error({ err: error }, 'people could not be watched');
    });
  });
  const endPush = deps.link.onPush('people:changed', set);

  return {
    get list() {
      return list;
    },
    ready: async () => {
      if (!deps.link.session) throw new EnxameError('tracker-offline');
      await asked;
      return list;
    },
    setOffline: () => {
      if (!list.people.some((person) => person.online)) return;
      const lastSeenAt = deps.now();
      const people = list.people.map((person) => (person.online ? { ...person, online: false, lastSeenAt } : person));
      set({ ...list, people });
    },
    close: () => {
      endSessions();
      endPush();
    },
  };
}
