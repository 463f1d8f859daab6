/**
 * Who may take bytes from this computer now, and who is next. A turn belongs to one device taking one content, over as
 * many requests as it makes; turns go round between people: someone with ten devices, or a hundred files, gets no more
 * than someone with one. A turn is bounded while others wait. Owns no timer and no socket: whoever waits asks again,
 * and what is overdue is found then.
 */
import { maxQueuePlaces } from '@enxame/shared/peer/busy-answer';
import { predictStartMs } from './predict-start.js';

/** Who asks: `key` is the device and the content, `person` whose device it is. */
export interface Asker {
  readonly key: string;
  readonly person: string;
  /** The most that is still to come: what is left of the content. */
  readonly bytesLeft: number;
}

export interface Place {
  /** 1 is next. */
  readonly position: number;
  /** Null while nothing can be predicted. */
  readonly startsInMs: number | null;
  readonly retryAfterMs: number;
}

/** One request of a turn. */
export interface TurnRequest {
  sent(bytes: number): void;
  /** The turn had its share and others wait: the next request waits, too. */
  readonly isOver: boolean;
  /** Twice without harm. */
  end(): void;
}

export type QueueAnswer = { readonly turn: TurnRequest } | { readonly place: Place };

export interface TurnQueue {
  /** Undefined: too many wait already. */
  ask(asker: Asker): QueueAnswer | undefined;
  /** Where it stands now; undefined when it does not wait (any more). */
  place(key: string): Place | undefined;
}

export interface TurnQueueDeps {
  /** Milliseconds; must never be set back. */
  readonly now: () => number;
  /** How many turns there may be now, and how many of one person: both may change at any time. */
  readonly slots: () => number;
  readonly slotsOf: (person: string) => number;
}

/** While others wait, a turn ends after so much of either. */
export const turnBytes = 64 * 1024 * 1024;
export const turnMs = 15_000;
/** Between two requests of a turn: verifying a piece, a round trip to the other end of the world. */
export const turnIdleMs = 1500;
/** Whoever waits is asked to come back about half the predicted time later. */
const minRetryMs = 250;
const maxRetryMs = 5000;
/** And those in front sooner than that: predictions are wrong, and a slot must not wait for who is next. */
const retryMsPerPlace = 500;
/** Later than it was told by this much, it is passed over; later by this, its place is gone. */
export const lateMs = 1000;
export const keepPlaceMs = 30_000;
/** A handful of turns say how long the next ones will be. */
const usualTurnWeight = 0.3;
/** More than a computer downloads at once; the rest is not there to be served. */
export const maxPlacesPerPerson = 256;

interface Waiting {
  readonly key: string;
  readonly person: Person;
  bytesLeft: number;
  /** When it should have asked again. */
  dueAt: number;
}

interface Person {
  readonly name: string;
  /** In the order in which they came. */
  readonly waiting: Map<string, Waiting>;
  turns: number;
  /** Who had a turn longest ago is first; who comes new is last. */
  stamp: number;
}

interface Turn {
  readonly key: string;
  readonly person: Person;
  readonly startedAt: number;
  bytesLeft: number;
  bytes: number;
  requests: number;
  idleSince: number;
}

export function createTurnQueue(deps: TurnQueueDeps): TurnQueue {
  const people = new Map<string, Person>();
  const turns = new Map<string, Turn>();
  let waitingCount = 0;
  let nextStamp = 0;
  /** How long turns take lately: what those who wait are told is made of it. */
  let usualTurnMs = turnMs;

  function personOf(name: string): Person {
    let person = people.get(name);
    if (!person) {
      person = { name, waiting: new Map(), turns: 0, stamp: nextStamp++ };
      people.set(name, person);
    }
    return person;
  }

  function forgetIfGone(person: Person): void {
    if (person.turns === 0 && person.waiting.size === 0) people.delete(person.name);
  }

  function leave({ key, person }: Waiting): void {
    if (person.waiting.delete(key)) waitingCount--;
  }

  function endTurn(turn: Turn): void {
    turns.delete(turn.key);
    usualTurnMs += (Math.min(turnMs, deps.now() - turn.startedAt) - usualTurnMs) * usualTurnWeight;
    turn.person.turns--;
    turn.person.stamp = nextStamp++;
    forgetIfGone(turn.person);
  }

  function sweep(now: number): void {
    for (const turn of turns.values()) if (turn.requests === 0 && now - turn.idleSince > turnIdleMs) endTurn(turn);
    for (const person of people.values()) {
      for (const waiting of person.waiting.values()) if (now - waiting.dueAt > keepPlaceMs) leave(waiting);
      forgetIfGone(person);
    }
  }

  /** Those of a person who are there to be served now, in their order. */
  const punctual = (person: Person, now: number): Waiting[] =>
    [...person.waiting.values()].filter(({ dueAt }) => now - dueAt <= lateMs);

  /** How many go before the one that has so many of its own person before it: round by round, by the stamp in each. */
  function countBefore(person: Person, ownBefore: number, now: number): number {
    const round = person.turns + ownBefore;
    let before = ownBefore;
    for (const other of people.values()) {
      if (other === person || other.waiting.size === 0) continue;
      const rounds = round - other.turns + (other.stamp < person.stamp ? 1 : 0);
      const room = deps.slotsOf(other.name) - other.turns;
      before += Math.max(0, Math.min(rounds, room, punctual(other, now).length));
    }
    return before;
  }

  const freeSlots = (): number => deps.slots() - turns.size;

  function hasHadItsShare(turn: Turn, now: number): boolean {
    return turn.bytes >= turnBytes || now - turn.startedAt >= turnMs;
  }

  /** Others wait for whom nothing is free. */
  function isWanted(turn: Turn, now: number): boolean {
    const free = freeSlots();
    let count = 0;
    for (const person of people.values()) {
      if (person.waiting.size === 0) continue;
      const room = deps.slotsOf(person.name) - person.turns + (person === turn.person ? 1 : 0);
      count += Math.min(room, punctual(person, now).length);
      if (count > free) return true;
    }
    return false;
  }

  function openRequest(turn: Turn): TurnRequest {
    let isOpen = true;
    turn.requests++;
    return {
      sent: (bytes) => {
        turn.bytes += bytes;
        turn.bytesLeft = Math.max(0, turn.bytesLeft - bytes);
      },
      get isOver() {
        const now = deps.now();
        return hasHadItsShare(turn, now) && isWanted(turn, now);
      },
      end: () => {
        if (!isOpen) return;
        isOpen = false;
        turn.requests--;
        turn.idleSince = deps.now();
        // All of it was given: nothing more will be asked for in this turn.
        if (turn.bytesLeft === 0 && turn.requests === 0 && turns.get(turn.key) === turn) endTurn(turn);
      },
    };
  }

  function describePlace(waiting: Waiting, now: number): Place {
    const { person } = waiting;
    let ownBefore = 0;
    for (const each of person.waiting.values()) {
      if (each === waiting) break;
      if (now - each.dueAt <= lateMs) ownBefore++;
    }
    const position = Math.min(maxQueuePlaces, countBefore(person, ownBefore, now) + 1);
    const startsInMs = predictStartMs(
      position,
      freeSlots(),
      [...turns.values()].map((turn) => remainingMs(turn, now)),
      usualTurnMs,
    );
    const latest = Math.min(maxRetryMs, position * retryMsPerPlace);
    const retryAfterMs = Math.round(Math.max(minRetryMs, Math.min(latest, (startsInMs ?? latest) / 2)));
    return { position, startsInMs, retryAfterMs };
  }

  return {
    ask: ({ key, person: name, bytesLeft }) => {
      const now = deps.now();
      sweep(now);
      const running = turns.get(key);
      if (running) {
        if (!hasHadItsShare(running, now) || !isWanted(running, now)) return { turn: openRequest(running) };
        // With other requests of it still under way the slot is not free yet.
        if (running.requests === 0) endTurn(running);
      }
      const person = personOf(name);
      let waiting = person.waiting.get(key);
      if (!waiting) {
        if (waitingCount >= maxQueuePlaces || person.waiting.size >= maxPlacesPerPerson) {
          forgetIfGone(person);
          return undefined;
        }
        waiting = { key, person, bytesLeft, dueAt: now };
        person.waiting.set(key, waiting);
        waitingCount++;
      }
      waiting.bytesLeft = bytesLeft;
      waiting.dueAt = now;
      const place = describePlace(waiting, now);
      if (!turns.has(key) && place.position <= freeSlots() && person.turns < deps.slotsOf(name)) {
        leave(waiting);
        person.turns++;
        const turn: Turn = { key, person, startedAt: now, bytesLeft, bytes: 0, requests: 0, idleSince: now };
        turns.set(key, turn);
        return { turn: openRequest(turn) };
      }
      waiting.dueAt = now + place.retryAfterMs;
      return { place };
    },
    place: (key) => {
      const now = deps.now();
      for (const person of people.values()) {
        const waiting = person.waiting.get(key);
        if (waiting && now - waiting.dueAt <= lateMs) return describePlace(waiting, now);
      }
      return undefined;
    },
  };
}

/** How long a turn goes on at the speed that it had so far, at most to its bounds. */
function remainingMs(turn: Turn, now: number): number {
  const elapsed = now - turn.startedAt;
  const toBound = Math.max(0, turnMs - elapsed);
  if (turn.bytes === 0 || elapsed <= 0) return toBound;
  const bytes = Math.min(turn.bytesLeft, Math.max(0, turnBytes - turn.bytes));
  return Math.min(toBound, (bytes * elapsed) / turn.bytes);
}
