import { userIdSchema, type UserId } from '@enxame/shared/ids';
import { maxPeopleShown } from '@enxame/shared/tracker/requests';
import type { TrackerPushes } from '@enxame/shared/tracker/pushes';
import { beforeEach, describe, expect, it } from 'vitest';
import { createContentId } from '../test-kit/entries.js';
import { createFakeClock, type FakeClock } from '../test-kit/fake-clock.js';
import { createTestUser } from '../test-kit/test-user.js';
import { createPeople, peopleTickMs, type People } from './people.js';
import type { PersonRecord } from './person.js';
import type { Session } from './session.js';
import { unhurried, type Turns } from './turns.js';

type Page = TrackerPushes['people:changed'];

/** Whose keys nobody looks at. */
const somebody = createTestUser();
let clock: FakeClock;
let people: People;
let isRush = false;
let pushes: { readonly session: Session; readonly page: Page }[];

function open(turns: Turns): void {
  clock = createFakeClock();
  pushes = [];
  people = createPeople(
    clock,
    (sessions, _name, page) => {
      for (const session of sessions) pushes.push({ session, page: page as Page });
    },
    {
      turns,
      rush: { isOn: () => isRush },
      ownCounts: () => undefined,
      onInternal: (error) => {
        throw error;
      },
    },
  );
}

function join(name: string): { readonly record: PersonRecord; readonly session: Session } {
  const { userKeyText: userKey, deviceId, grant } = somebody;
  const user = { id: userIdSchema.parse(createContentId()), name, userKey, registeredAt: 0, lastSeenAt: null };
  const session = { deviceId, user, grant, remoteHost: '', addresses: [], push: () => undefined, end: () => undefined };
  return { record: people.add(user), session };
}

const isOnline = ({ people: shown }: Page, { id }: PersonRecord): boolean =>
  shown.find((person) => person.id === id)?.online === true;

beforeEach(() => {
  isRush = false;
  open(unhurried);
});

describe('who watches the people', () => {
  it('T9: is told at the tick, however many come to watch meanwhile', () => {
    const first = join('Ana');
    people.watch(first.session);
    for (let count = 0; count < 50; count++) people.watch(join(`Person ${String(count)}`).session);
    expect(pushes).toEqual([]);
    clock.advance(peopleTickMs);
    expect(pushes.length).toBe(51);
    expect(new Set(pushes.map(({ session }) => session)).size).toBe(51);
    for (const { page } of pushes) expect(page.total).toBe(51);
  });

  it('T9: ends with what is, when a change that only a newcomer saw is taken back', () => {
    const ana = join('Ana');
    const rui = join('Rui');
    people.watch(ana.session);
    clock.advance(peopleTickMs);
    people.setOnline(ana.record.id, true);
    expect(isOnline(people.watch(rui.session), ana.record)).toBe(true);
    people.setOnline(ana.record.id, false);
    clock.advance(peopleTickMs);
    const last = pushes.filter(({ session }) => session === rui.session).at(-1);
    expect(last && isOnline(last.page, ana.record)).toBe(false);
  });

  it('T35: is told in parts, and none of the parts is older than what came before it', async () => {
    const waiting: (() => void)[] = [];
    open({
      begin: () => ({
        isDue: () => true,
        next: () =>
          new Promise<void>((resolve) => {
            waiting.push(resolve);
          }),
      }),
    });
    const everybody = Array.from({ length: maxPeopleShown }, (_, index) => join(`Person ${String(index)}`));
    for (const { session } of everybody) people.watch(session);
    const [first] = everybody;
    if (!first) throw new Error('nobody');
    people.setOnline(first.record.id, true);
    clock.advance(peopleTickMs);
    const inFirstPart = pushes.length;
    expect(inFirstPart).toBeGreaterThan(0);
    expect(inFirstPart).toBeLessThan(everybody.length);

    people.setOnline(first.record.id, false);
    clock.advance(60_000); // a tick while the parts are on their way starts no second round
    expect(pushes.length).toBe(inFirstPart);
    while (waiting.length > 0) {
      waiting.shift()?.();
      await Promise.resolve();
      await Promise.resolve();
    }
    expect(pushes.length).toBe(everybody.length);
    for (const { page } of pushes.slice(inFirstPart)) expect(isOnline(page, first.record)).toBe(false);

    // Those of the first part saw what is not so any more: all are told once more.
    clock.advance(60_000);
    expect(pushes.slice(everybody.length).every(({ page }) => !isOnline(page, first.record))).toBe(true);
    expect(pushes.length).toBe(everybody.length + inFirstPart);
  });

  it('T36: is told a fifth as often while others wait to get in', async () => {
    const watching = Array.from({ length: 200 }, (_, index) => join(`${String(index)} ${'x'.repeat(30)}`));
    for (const { session } of watching) people.watch(session);
    const [first] = watching;
    const toldIn = async (ms: number): Promise<number> => {
      pushes = [];
      for (let passed = 0; passed < ms; passed += 50) {
        people.setEntryCount(first?.record.id as UserId, passed + 1);
        clock.advance(50);
        await new Promise(setImmediate); // all parts are told
      }
      return pushes.filter(({ session }) => session === first?.session).length;
    };
    const before = await toldIn(60_000);
    isRush = true;
    await toldIn(5000);
    const during = await toldIn(60_000);
    expect(before / during).toBeGreaterThan(4);
    expect(before / during).toBeLessThan(6);
  });
});
