import type { UserId } from '@enxame/shared/ids';
import type { Person } from '@enxame/shared/tracker/person';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { TrackerLink, TrackerSession } from '../tracker/tracker-session.js';
import { createPeople, type PeopleList } from './people.js';

const ana: Person = { id: 'a'.repeat(52) as UserId, name: 'Ana', online: true, lastSeenAt: null, entries: 2 };
const rui: Person = { id: `b${'a'.repeat(51)}` as UserId, name: 'Rui', online: false, lastSeenAt: 5, entries: 0 };

/** A tracker that answers `people:watch` and nothing else. */
const session: TrackerSession = {
  request: () => Promise.resolve({ total: 2, people: [ana, rui] } as never),
  ended: new AbortController().signal,
};
const link: TrackerLink = {
  session,
  onSession: (listener) => {
    listener(session);
    return () => undefined;
  },
  onPush: () => () => undefined,
};

test('while there is no tracker, who was online was last seen now', async () => {
  const told: PeopleList[] = [];
  const people = createPeople({
    link,
    onChange: (list) => told.push(list),
    logger: pino({ level: 'silent' }),
    now: () => 99,
  });
  await people.ready();
  people.setOffline();
  expect(told.at(-1)?.people).toEqual([{ ...ana, online: false, lastSeenAt: 99 }, rui]);
  people.setOffline();
  expect(told).toHaveLength(2);
});
