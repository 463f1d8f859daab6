import type { QueuePlace, Transfer } from '@enxame/shared/engine/transfer';
import { useFormat, useWords } from '@enxame/ui/i18n/i18n-context';
import { clockAfterSeconds, etaAfterMs } from './transfer-facts.js';

/** The word for a state, the same everywhere: waiting, sending 62%, checking, received and verified. */
export function useStateWord(): (transfer: Transfer) => string {
  const { t } = useWords();
  const format = useFormat();
  return (transfer) => {
    const percent = format.percent(transfer.bytesDone, transfer.size);
    switch (transfer.state) {
      case 'waiting':
        return t('transfers.stateWaiting');
      case 'checking':
        return t('transfers.stateChecking');
      case 'moving':
        return transfer.direction === 'send'
          ? t('transfers.stateSending', { percent })
          : t('transfers.stateReceiving', { percent });
      case 'paused':
        return t('transfers.statePaused', { percent });
      case 'verified':
        return t('transfers.stateVerified');
      case 'sent':
        return t('transfers.stateSent');
      case 'received':
        return t('transfers.stateReceived', { name: transfer.personName });
      case 'failed':
        return t('transfers.stateFailed', { percent });
    }
  };
}

/** The time left, once there is enough data to say it: "calculating" for a few seconds, and nothing when it stays unknown. */
export function useTimeLeft(): (transfer: Transfer, now: number) => string | null {
  const { t } = useWords();
  const format = useFormat();
  return ({ state, secondsLeft, startedAt }, now) => {
    if (state !== 'moving') return null;
    if (now - startedAt < etaAfterMs) return t('transfers.calculating');
    if (secondsLeft === null) return null;
    const time = format.duration(secondsLeft);
    return secondsLeft > clockAfterSeconds
      ? t('transfers.leftAt', { time, clock: format.moment(now + secondsLeft * 1000, now) })
      : t('transfers.left', { time });
  };
}

/** When a turn in a queue comes, as far as it can be predicted. */
export function useQueueWords(): (queue: QueuePlace, now: number) => string {
  const { t } = useWords();
  const format = useFormat();
  return ({ position, startsInSeconds }, now) => {
    if (startsInSeconds !== null)
      return t('transfers.startsAround', { time: format.moment(now + startsInSeconds * 1000, now) });
    return position === 1 ? t('transfers.startsNext') : t('transfers.startsUnknown');
  };
}
