import type { Rush } from '../domain/rush.js';

/** What one connection needs until it has a session; `share` is whose turn it is: those of one address wait behind each other. */
export interface Arrival {
  readonly share: string;
  /** Begins to serve it. Its own work: reading, TLS, signatures. */
  readonly enter: () => void;
  /** It would wait longer than its other side does. */
  readonly refuse: () => void;
}

/** Begins to serve those that arrive, a few between two looks at the sockets. A rush: many entered a moment ago, or wait. */
export interface Entrance extends Rush {
  readonly waiting: number;
  /** Serves it now, later, or refuses it. The answer forgets it: what closed while it waited. */
  arrive(arrival: Arrival): () => void;
  close(): void;
}

export interface EntranceDeps {
  /** Milliseconds, never back. */
  readonly now: () => number;
  /** Runs after the next look at the sockets. */
  readonly soon: (run: () => void) => void;
  /** Whoever would wait longer is refused: it costs nothing, and its other side comes again later. */
  readonly maxWaitMs: number;
}

/** A look at the sockets with all that it brought should take no longer: others are served between two of them. */
const lookMs = 25;
const mostAtOnce = 32;
/** Before so much time has passed it is not known how long a wait would be. */
const knowAfterMs = 2000;
const rushStretchMs = 2000;
/** So many who enter in that time, and what they ask for first, keep a tracker busy. */
const rushEntries = 100;

/**
 * Thousands who come back together would all be served at once otherwise: each look at the sockets would bring thousands
 * of handshakes, for seconds in which nobody else is served, and all of them would be done late, at the same time. Here
 * those who came first are done first, and in the meantime the others are served. How many begin between two looks follows
 * from how long the looks take; nobody's silence holds a place.
 */
export function createEntrance(deps: EntranceDeps): Entrance {
  const { now, soon, maxWaitMs } = deps;
  /** In turns between shares: the first is next. */
  const shares = new Map<string, Arrival[]>();
  let waiting = 0;
  let atOnce = 1;
  /** Since the latest look. */
  let entered = 0;
  let lookedAt = 0;
  let isLooking = false;
  let isClosed = false;
  /** Since somebody waits: when it began, and how many entered. */
  let queue = { since: 0, entered: 0 };
  /** Of this stretch of time and of the one before. */
  let stretch = { since: 0, entered: 0, before: 0 };

  function look(): void {
    isLooking = false;
    atOnce = now() - lookedAt > lookMs ? Math.max(1, atOnce >> 1) : Math.min(mostAtOnce, atOnce + 1);
    entered = 0;
    enterSome();
  }

  /** Looks on while somebody waits, or came a moment ago. */
  function enterSome(): void {
    if (isClosed) return;
    for (; waiting > 0 && entered < atOnce; entered++) {
      queue.entered++;
      stretchNow().entered++;
      takeNext()?.enter();
    }
    if (isLooking || (waiting === 0 && entered === 0)) return;
    isLooking = true;
    lookedAt = now();
    soon(look);
  }

  function stretchNow(): typeof stretch {
    const age = now() - stretch.since;
    if (age >= rushStretchMs)
      stretch = { since: now(), entered: 0, before: age < 2 * rushStretchMs ? stretch.entered : 0 };
    return stretch;
  }

  function takeNext(): Arrival | undefined {
    for (const [share, arrivals] of shares) {
      shares.delete(share);
      const arrival = arrivals.shift();
      if (arrivals.length > 0) shares.set(share, arrivals);
      waiting--;
      return arrival;
    }
    return undefined;
  }

  /** Guessed from those who entered since the queue began. */
  function wouldWaitTooLong(): boolean {
    const passedMs = now() - queue.since;
    return passedMs >= knowAfterMs && (waiting * passedMs) / Math.max(1, queue.entered) > maxWaitMs;
  }

  return {
    get waiting() {
      return waiting;
    },
    isOn: () => {
      const { entered: inThis, before } = stretchNow();
      return waiting > 0 || inThis + before > rushEntries;
    },
    arrive: (arrival) => {
      if (waiting === 0) queue = { since: now(), entered: 0 };
      if (isClosed || wouldWaitTooLong()) {
        arrival.refuse();
        return () => undefined;
      }
      const others = shares.get(arrival.share);
      if (others) others.push(arrival);
      else shares.set(arrival.share, [arrival]);
      waiting++;
      enterSome();
      return () => {
        const own = shares.get(arrival.share);
        const at = own?.indexOf(arrival) ?? -1;
        if (!own || at === -1) return;
        own.splice(at, 1);
        waiting--;
        if (own.length === 0) shares.delete(arrival.share);
      };
    },
    close: () => {
      isClosed = true;
      shares.clear();
      waiting = 0;
    },
  };
}
