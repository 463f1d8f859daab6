import type { QueuePlace } from '@enxame/shared/engine/transfer';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { TransferId } from '@enxame/shared/ids';
import type { Slots } from '../waiting/slots.js';

/** Which downloads move: so many at the same time, those first in line; what moves already goes on. */
export interface DownloadQueue {
  /** The slots as one download sees them. */
  readonly slotsOf: (id: TransferId) => Slots;
  /** Where it stands among those that could move and wait for a slot; null when it does not wait. */
  place(id: TransferId): QueuePlace | null;
  /** The line, or the count of slots, is another. */
  readonly changed: () => void;
}

export interface DownloadQueueDeps {
  readonly count: () => number;
  /** Below zero when the first goes before the second. */
  readonly compare: (a: TransferId, b: TransferId) => number;
  /** How long one that moves goes on, as far as its speed tells. */
  readonly secondsLeft: (id: TransferId) => number | null;
  /** It waits now, or stands elsewhere in the line. */
  readonly onChange: (id: TransferId) => void;
}

interface Waiting {
  readonly id: TransferId;
  readonly start: () => void;
}

export function createDownloadQueue(deps: DownloadQueueDeps): DownloadQueue {
  const moving = new Map<TransferId, number>();
  let waiting: Waiting[] = [];

  function sortWaiting(): void {
    waiting = waiting.toSorted((a, b) => deps.compare(a.id, b.id));
  }

  function startNext(): void {
    while (moving.size < deps.count()) {
      const next = waiting.shift();
      if (!next) break;
      next.start();
    }
    for (const { id } of waiting) deps.onChange(id);
  }

  function giveBack(id: TransferId): void {
    const held = (moving.get(id) ?? 1) - 1;
    if (held > 0) moving.set(id, held);
    else moving.delete(id);
    startNext();
  }

  function take(id: TransferId, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        waiting = waiting.filter((each) => each !== entry);
        signal.removeEventListener('abort', cancel);
      };
      const start = (): void => {
        end();
        moving.set(id, (moving.get(id) ?? 0) + 1);
        let isHeld = true;
        resolve(() => {
          if (isHeld) giveBack(id);
          isHeld = false;
        });
      };
      const cancel = (): void => {
        end();
        reject(new EnxameError('cancelled'));
        for (const each of waiting) deps.onChange(each.id);
      };
      const entry: Waiting = { id, start };
      if (signal.aborted) {
        cancel();
        return;
      }
      signal.addEventListener('abort', cancel, { once: true });
      waiting.push(entry);
      sortWaiting();
      startNext();
    });
  }

  /** When as many as stand before it have ended; null when one of them says nothing. */
  function predictSeconds(position: number): number | null {
    const ends = [...moving.keys()].map((id) => deps.secondsLeft(id)).sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
    return ends[position - 1] ?? null;
  }

  return {
    slotsOf: (id) => ({ take: (signal) => take(id, signal) }),
    place: (id) => {
      const index = waiting.findIndex((each) => each.id === id);
      return index < 0 ? null : { position: index + 1, startsInSeconds: predictSeconds(index + 1) };
    },
    changed: () => {
      sortWaiting();
      startNext();
    },
  };
}
