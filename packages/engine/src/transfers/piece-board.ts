/**
 * Which pieces are asked of whom, and which to ask next: rarest first, ties broken by chance, adjacent ones together.
 * Pure: no clock, no sockets. Owns who asks for what; the map of what is verified belongs to the download.
 * Order of calls for one source: `join`, `setHeld`, then `pick` or `takeOver`, `settle` for each piece, at last `leave`.
 */
import { hasPiece, type PieceBits } from '@enxame/shared/peer/have';
import type { PieceMap } from './piece-map.js';

/** Adjacent pieces, asked in one request. */
export interface PieceRun {
  readonly first: number;
  readonly count: number;
}

/** One source, as the board knows it. */
export interface Holder {
  /** How many pieces it has; undefined while it has not told. */
  readonly heldCount: number | undefined;
  /** Pieces that are asked of it and have not come whole. */
  readonly askedCount: number;
  /** The piece that is coming from it now, or came last. */
  readonly current: number;
  isHeld(index: number): boolean;
  isAsked(index: number): boolean;
  /** There is something to ask of it that nobody was asked for. `onlyNew`: and that it has given to nobody. */
  canPick(onlyNew: boolean): boolean;
  /** It has all of them, or these. `given`: what it has given to others already. */
  setHeld(held: PieceBits | 'all', given?: PieceBits): void;
  /** The next pieces to ask of it, at most `maxPieces`; undefined when there are none. `onlyNew`: as in `canPick`. */
  pick(maxPieces: number, onlyNew: boolean): PieceRun | undefined;
  /** Asks it for pieces that others were asked for: what they have not begun is theirs no longer. */
  takeOver(run: PieceRun): void;
  /** The current piece came whole, the next begins to come. False when it is not wanted of it any more. */
  goOn(index: number): boolean;
  /** The last piece of the run came whole. */
  endRun(): void;
  /** The piece came and is verified (true), or was wrong: then it is asked of others first. */
  settle(index: number, isVerified: boolean): void;
  /** Takes back what was asked of it and did not come. */
  release(): void;
  leave(): void;
}

export interface PieceBoard {
  readonly pieces: PieceMap;
  /** Changes whenever there may be something to ask that there was not before. */
  readonly version: number;
  /** Pieces that are not here, and that nobody is asked for. */
  readonly freeCount: number;
  /** Somebody reads it while it comes. */
  readonly isRead: boolean;
  /** Who is asked for the piece. */
  askedOf(index: number): readonly Holder[];
  join(): Holder;
  /** Somebody reads elsewhere now. */
  readersMoved(): void;
}

export interface BoardOptions {
  readonly pieces: PieceMap;
  readonly random: () => number;
  /** From the front to the back instead of the rarest first. */
  readonly inOrder?: boolean;
  /** The pieces at which somebody reads: what comes next there is asked before anything else. */
  readonly readers?: () => readonly number[];
}

/** What is asked ahead of a reader, so that a film plays on; more of it in order would leave the rare pieces for last. */
const aheadBytes = 32 * 1024 * 1024;
const minAheadPieces = 8;

/** A piece that so many have is in no danger. */
const manyHolders = 3;

export function createPieceBoard({ pieces, random, inOrder = false, readers }: BoardOptions): PieceBoard {
  const { count } = pieces;
  const aheadPieces = Math.max(minAheadPieces, Math.floor(aheadBytes / pieces.pieceBytes));
  /** How many of the sources that do not have all have it. */
  const spread = new Uint8Array(count);
  /** The few that are moving: by index, who is asked for it. */
  const asked = new Map<number, Holder[]>();
  const holders = new Set<Holder>();
  const drops = new Map<Holder, (index: number) => void>();
  let version = 0;

  const isReadNext = (index: number): boolean =>
    readers?.().some((reader) => index >= reader && index < reader + aheadPieces) === true;

  function unask(index: number, holder: Holder): void {
    const all = asked.get(index) ?? [];
    const others = all.filter((other) => other !== holder);
    if (others.length === all.length) return;
    if (others.length > 0) asked.set(index, others);
    else if (asked.delete(index)) version++;
  }

  function join(): Holder {
    const own = new Set<number>();
    /** Came whole, are being verified and written: nobody else is to be asked for them. */
    const written = new Set<number>();
    const wrong = new Set<number>();
    let held: PieceBits | 'all' | undefined;
    let given: PieceBits | undefined;
    let heldCount: number | undefined;
    let next = -1; // where its last run ended
    let current = -1;
    /** The version at which there was nothing to ask: looking again before it changes finds nothing. */
    let emptyAt = -1;
    let emptyOfNewAt = -1;

    const isHeld = (index: number): boolean => held === 'all' || (held !== undefined && hasPiece(held, index));
    const othersHold = (index: number): boolean =>
      [...holders].some((other) => other !== holder && other.isHeld(index));
    const isFree = (index: number): boolean =>
      !pieces.isVerified(index) && !asked.has(index) && isHeld(index) && !(wrong.has(index) && othersHold(index));
    const isGiven = (index: number): boolean => given !== undefined && hasPiece(given, index);
    const rarity = (index: number): number => (spread[index] ?? 0) + (isGiven(index) ? 1 : 0);

    function endPiece(): void {
      if (own.delete(current)) written.add(current);
    }

    function ask(index: number): void {
      own.add(index);
      asked.set(index, [...(asked.get(index) ?? []), holder]);
    }

    /** The one to begin with: where the last run ended, when none is rarer; else any of the rarest, by chance. */
    function findStart(onlyNew: boolean): number | undefined {
      if ((onlyNew ? emptyOfNewAt : emptyAt) === version) return undefined;
      for (const reader of readers?.() ?? [])
        for (let index = reader; index < Math.min(count, reader + aheadPieces); index++)
          if (isFree(index)) return index;
      const isEligible = (index: number): boolean => isFree(index) && !(onlyNew && isGiven(index));
      const isNextEligible = next >= 0 && next < count && isEligible(next);
      if (isNextEligible && (inOrder || rarity(next) === 0)) return next;
      let rarest = Infinity;
      let found = 0;
      for (let index = 0; index < count; index++) {
        if (!isEligible(index)) continue;
        if (inOrder) return index;
        const rare = rarity(index);
        if (rare < rarest) [rarest, found] = [rare, 0];
        if (rare === rarest) found++;
      }
      if (found === 0) {
        emptyOfNewAt = version;
        if (!onlyNew) emptyAt = version;
        return undefined;
      }
      if (isNextEligible && rarity(next) === rarest) return next;
      let left = Math.floor(random() * found);
      for (let index = 0; index < count; index++)
        if (isEligible(index) && rarity(index) === rarest && left-- === 0) return index;
      throw new RangeError('there was one a moment ago');
    }

    /** A run is not cut for a piece that a few more have: each request costs a way there and back. */
    function isAsRare(index: number, rare: number, onlyNew: boolean): boolean {
      return (
        inOrder ||
        isReadNext(index) ||
        rarity(index) <= rare ||
        (!onlyNew && rarity(index) <= Math.max(rare + 1, manyHolders))
      );
    }

    function countSpread(by: 1 | -1): void {
      if (held === undefined || held === 'all') return;
      for (let index = 0; index < count; index++) if (hasPiece(held, index)) spread[index] = (spread[index] ?? 0) + by;
    }

    const holder: Holder = {
      get heldCount() {
        return heldCount;
      },
      get askedCount() {
        return own.size;
      },
      get current() {
        return current;
      },
      isHeld,
      canPick: (onlyNew) => findStart(onlyNew) !== undefined,
      isAsked: (index) => own.has(index),
      setHeld: (nextHeld, nextGiven) => {
        countSpread(-1);
        held = nextHeld;
        given = nextGiven;
        countSpread(1);
        heldCount = 0;
        if (held === 'all') heldCount = count;
        else for (let index = 0; index < count; index++) if (hasPiece(held, index)) heldCount++;
        version++;
      },
      pick: (maxPieces, onlyNew) => {
        const first = findStart(onlyNew);
        if (first === undefined) return undefined;
        const rare = rarity(first);
        let end = first;
        do ask(end++);
        while (end - first < maxPieces && end < count && isFree(end) && isAsRare(end, rare, onlyNew));
        next = end;
        current = first;
        return { first, count: end - first };
      },
      takeOver: ({ first, count: length }) => {
        for (let index = first; index < first + length; index++) {
          for (const other of asked.get(index) ?? []) if (other.current !== index) drops.get(other)?.(index);
          ask(index);
        }
        next = -1;
        current = first;
      },
      goOn: (index) => {
        endPiece();
        if (!own.has(index)) {
          // Who took it over may have left.
          if (index >= count || !isFree(index)) return false;
          ask(index);
        }
        current = index;
        return true;
      },
      endRun: endPiece,
      settle: (index, isVerified) => {
        if (!isVerified) wrong.add(index);
        else for (const other of asked.get(index) ?? []) if (other !== holder) drops.get(other)?.(index);
        own.delete(index);
        written.delete(index);
        unask(index, holder);
      },
      release: () => {
        for (const index of own) unask(index, holder);
        own.clear();
      },
      leave: () => {
        holder.release();
        countSpread(-1);
        held = undefined;
        heldCount = undefined;
        drops.delete(holder);
        if (holders.delete(holder)) version++;
      },
    };
    holders.add(holder);
    drops.set(holder, (index) => {
      own.delete(index);
      unask(index, holder);
    });
    return holder;
  }

  return {
    pieces,
    get version() {
      return version;
    },
    get freeCount() {
      return Math.max(0, count - pieces.verifiedCount - asked.size);
    },
    get isRead() {
      return (readers?.().length ?? 0) > 0;
    },
    askedOf: (index) => asked.get(index) ?? [],
    join,
    readersMoved: () => {
      version++;
    },
  };
}
