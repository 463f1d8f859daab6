import { pieceBytesFor } from '@enxame/shared/content/piece-size';
import { minBytesPerSecond } from '@enxame/shared/engine/limits';
import type { QueuePlace } from '@enxame/shared/engine/transfer';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { TransferId } from '@enxame/shared/ids';
import type { Timers } from '../library/timers.js';
import type { RateControl } from '../limits/rate-control.js';
import type { RateTaker } from '../limits/rate-taker.js';
import { createSendSlots } from '../peer/send-slots.js';
import type { Send, SendLog, SendTarget } from '../peer/send-log.js';
import { createTurnQueue, type Place } from './turn-queue.js';

/** One answer with bytes of a content. */
export interface Upload {
  /** Asked before bytes are handed to the socket. */
  readonly rate: RateTaker;
  /** Throws `source-busy` when the answer must be cut: the turn is long over, and others wait. */
  readonly sent: (bytes: number) => void;
  /** `isWhole`: all that was asked for was sent. */
  end(isWhole: boolean): void;
}

/** All that leaves this computer: whose turn it is, how fast, and what was sent to whom. */
export interface Uploads {
  /**
   * For an answer up to the content's byte `end`. Throws `source-busy` with a place in the queue (P31), `rate-limited`
   * beyond what one device, or all, may have open at the same time (P11).
   */
  begin(target: SendTarget, end: number): Upload;
  /** Null when it does not wait. */
  place(send: Send): QueuePlace | null;
  readonly close: () => void;
}

/** At four buffers of a quarter of a MiB each, what all answers together hold stays small beside the process. */
const answerLimits = { total: 64, perDevice: 16 } as const;
/** An answer that is cut has brought at least one whole piece, wherever in a piece it began. */
const piecesBeforeCut = 2;
/** Places that moved on are told this often, and those whose device no longer asks are taken off the list. */
const tellPlacesMs = 2000;

export function createUploads(deps: {
  readonly sends: SendLog;
  readonly rates: RateControl;
  /** How many turns at the same time, as the person set it. */
  readonly slots: () => number;
  readonly timers: Timers;
  readonly onChange: (id: TransferId) => void;
}): Uploads {
  const { sends, rates, timers } = deps;
  const answers = createSendSlots(answerLimits);
  const queue = createTurnQueue({
    now: timers.now,
    // Each turn must move fast enough not to be taken for a stall (P12): a narrow limit has few turns, not many slow ones.
    slots: () => Math.min(deps.slots(), slotsAt(rates.sendRate(null))),
    slotsOf: (person) => slotsAt(rates.sendRate(person)),
  });
  const waiting = new Set<TransferId>();
  let stopTelling: (() => void) | undefined;

  const keyOf = ({ deviceId, contentId }: Pick<SendTarget, 'deviceId' | 'contentId'>): string =>
    `${deviceId} ${contentId}`;

  function refuse(target: SendTarget, place: Place): never {
    waiting.add(sends.wait(target));
    stopTelling ??= timers.after(tellPlacesMs, tellPlaces);
    const { position, startsInMs, retryAfterMs } = place;
    const starts = startsInMs === null ? {} : { startsInSeconds: Math.round(startsInMs / 100) / 10 };
    throw new EnxameError('source-busy', { position, retryAfterMs, ...starts });
  }

  function tellPlaces(): void {
    stopTelling = undefined;
    for (const id of waiting) {
      const send = sends.get(id);
      if (send && !send.isMoving && queue.place(keyOf(send))) {
        deps.onChange(id);
        continue;
      }
      waiting.delete(id);
      // Who only ever waited, and went, leaves nothing to show.
      if (send && send.bytesSent === 0 && !send.isMoving) sends.remove(id);
      else deps.onChange(id);
    }
    if (waiting.size > 0) stopTelling = timers.after(tellPlacesMs, tellPlaces);
  }

  return {
    begin: (target, end) => {
      const giveAnswerBack = answers.take(target.deviceId);
      try {
        const answer = queue.ask({ key: keyOf(target), person: target.userName, bytesLeft: target.size });
        if (!answer) throw new EnxameError('rate-limited');
        if ('place' in answer) return refuse(target, answer.place);
        const { turn } = answer;
        const send = sends.begin(target, end);
        const cutAfter = piecesBeforeCut * pieceBytesFor(target.size);
        let bytesOfAnswer = 0;
        return {
          rate: rates.sending(target.userName, send.id),
          sent: (bytes) => {
            bytesOfAnswer += bytes;
            turn.sent(bytes);
            send.sent(bytes);
            if (bytesOfAnswer >= cutAfter && turn.isOver) throw new EnxameError('source-busy');
          },
          end: (isWhole) => {
            giveAnswerBack();
            turn.end();
            send.end(isWhole);
          },
        };
      } catch (error) {
        giveAnswerBack();
        throw error;
      }
    },
    place: (send) => {
      const place = queue.place(keyOf(send));
      if (!place) return null;
      return { position: place.position, startsInSeconds: place.startsInMs === null ? null : place.startsInMs / 1000 };
    },
    close: () => {
      stopTelling?.();
      stopTelling = undefined;
    },
  };
}

const slotsAt = (rate: number | null): number =>
  rate === null ? Infinity : Math.max(1, Math.floor(rate / minBytesPerSecond));
