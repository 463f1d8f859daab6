import type { LinkId, LinkTake } from '@enxame/shared/tracker/link';
import { maxTakesShown } from '@enxame/shared/tracker/link';
import type { Clock } from './clock.js';
import type { Links } from './links.js';
import type { Records } from './records.js';
import type { StoredTake } from './stored-link.js';

/** One download may go on so long after it began, in parts and after breaks. */
export const takeLifeMs = 24 * 3_600_000;
/** Breaks make some bytes travel twice. */
const slackBytes = 1024 * 1024;
const agentChars = 80;

/** Who takes: the same address with the same program is the same taker. */
export interface Taker {
  readonly who: string | null;
  readonly address: string;
  readonly agent: string;
}

/** A request that belongs to a download. */
export interface Taking {
  /** So many bytes went out; `isEnd`: up to the last one. */
  sent(bytes: number, isEnd: boolean): Promise<void>;
  /** Nothing went out at all. */
  cancel(): Promise<void>;
}

/**
 * Downloads through links, counted when they begin. One taker's requests of a day belong to one download as long as
 * they ask for no more than its bytes, and some that a break makes travel twice: so going on after a break costs
 * nothing, and nobody gets a content in parts for free. (docs/spec/http-api.md, H34)
 */
export interface LinkTakes {
  /** Durable when it resolves. Throws `link-ended` when it would be one download too many. */
  begin(id: LinkId, size: number, wanted: number, taker: Taker): Promise<Taking>;
  list(id: LinkId): { takes: LinkTake[]; total: number };
  /** The link is gone. */
  forget(id: LinkId): void;
}

interface OpenTake {
  readonly endsAt: number;
  /** Counted and on disk. */
  readonly ready: Promise<void>;
  /** Promised to requests, whether they were sent or not. */
  promisedBytes: number;
  take: StoredTake;
}

const keyOf = ({ linkId, number }: Pick<StoredTake, 'linkId' | 'number'>): string => `${linkId} ${String(number)}`;

export function createLinkTakes(deps: {
  readonly records: Records<StoredTake>;
  readonly links: Pick<Links, 'count' | 'uncount'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly onLateFailure: (error: unknown) => void;
}): LinkTakes {
  const { records, links, clock } = deps;
  /** The numbers of the takes of each link that are kept, the oldest first. */
  const numbersOf = new Map<LinkId, number[]>();
  const lastNumber = new Map<LinkId, number>();
  const open = new Map<string, OpenTake>();
  for (const { linkId, number } of records.values()) {
    numbersOf.set(
      linkId,
      [...(numbersOf.get(linkId) ?? []), number].sort((one, other) => one - other),
    );
  }

  function forgetOld(): void {
    for (const [name, { endsAt }] of open) {
      if (endsAt > clock.now()) return;
      open.delete(name);
    }
  }

  async function write(id: LinkId, take: StoredTake): Promise<void> {
    await links.count(id);
    const numbers = numbersOf.get(id) ?? [];
    numbersOf.set(id, [...numbers, take.number].slice(-maxTakesShown));
    const [oldest] = numbers.length >= maxTakesShown ? numbers : [];
    if (oldest !== undefined) records.delete(keyOf({ linkId: id, number: oldest })).catch(deps.onLateFailure);
    await records.set(keyOf(take), take);
  }

  function add(id: LinkId, name: string, { agent, who }: Taker): OpenTake {
    const take: StoredTake = {
      linkId: id,
      number: (lastNumber.get(id) ?? numbersOf.get(id)?.at(-1) ?? -1) + 1,
      at: clock.now(),
      who,
      agent: agent.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, agentChars),
      bytes: 0,
      isComplete: false,
    };
    lastNumber.set(id, take.number);
    // There before anything else runs: the taker's other requests belong to it.
    const mine: OpenTake = { endsAt: clock.now() + takeLifeMs, ready: write(id, take), promisedBytes: 0, take };
    open.delete(name);
    open.set(name, mine);
    mine.ready.catch(() => {
      if (open.get(name) === mine) open.delete(name);
    });
    return mine;
  }

  async function remove(id: LinkId, name: string, mine: OpenTake): Promise<void> {
    if (open.get(name) === mine) open.delete(name);
    numbersOf.set(
      id,
      (numbersOf.get(id) ?? []).filter((number) => number !== mine.take.number),
    );
    await links.uncount(id);
    await records.delete(keyOf(mine.take));
  }

  return {
    begin: async (id, size, wanted, taker) => {
      forgetOld();
      const name = [id, taker.address, taker.agent].join(' ');
      const before = open.get(name);
      const isSame = before !== undefined && before.promisedBytes + wanted <= size * 1.25 + slackBytes;
      const mine = isSame ? before : add(id, name, taker);
      mine.promisedBytes += wanted;
      await mine.ready;
      return {
        sent: async (bytes, isEnd) => {
          const { take } = mine;
          const sum = take.bytes + bytes;
          mine.take = { ...take, bytes: sum, isComplete: take.isComplete || (isEnd && sum >= size) };
          if (records.get(keyOf(take)) !== undefined) await records.set(keyOf(take), mine.take);
        },
        cancel: async () => {
          mine.promisedBytes -= wanted;
          if (!isSame && mine.promisedBytes === 0 && mine.take.bytes === 0) await remove(id, name, mine);
        },
      };
    },
    list: (id) => {
      const takes = (numbersOf.get(id) ?? []).toReversed().flatMap((number): LinkTake[] => {
        const take = records.get(keyOf({ linkId: id, number }));
        if (!take) return [];
        const { at, who, agent, bytes, isComplete } = take;
        return [{ at, who, agent, bytes, isComplete }];
      });
      return { takes, total: takes.length };
    },
    forget: (id) => {
      for (const number of numbersOf.get(id) ?? []) {
        records.delete(keyOf({ linkId: id, number })).catch(deps.onLateFailure);
      }
      numbersOf.delete(id);
      lastNumber.delete(id);
    },
  };
}
