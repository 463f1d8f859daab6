import type { Transfer } from '@enxame/shared/engine/transfer';
import type { FeedState } from './engine-feed.js';

/** `offline`: no contact with the tracker, or no engine. */
export type ActivityKind = 'idle' | 'moving' | 'paused' | 'attention' | 'offline';

/** What is going on, in the few figures that a tray or a task bar can show. */
export interface Activity {
  readonly kind: ActivityKind;
  /** Null until one was joined. */
  readonly network: string | null;
  readonly connected: boolean;
  readonly running: number;
  readonly waiting: number;
  readonly paused: number;
  readonly failed: number;
  readonly receiveBytesPerSecond: number;
  readonly sendBytesPerSecond: number;
  /** From 0 to 1: all that comes in, or where nothing does, all that goes out. Null while nothing runs. */
  readonly progress: number | null;
  /** What runs and is nearest to its end. */
  readonly nearest: Transfer | null;
}

export function activityOf({ status, transfers }: FeedState): Activity {
  const all = [...transfers.values()];
  const count = (...states: Transfer['state'][]): number => all.filter(({ state }) => states.includes(state)).length;
  const running = all.filter(({ state }) => state === 'moving' || state === 'checking');
  const receiving = running.filter(({ direction }) => direction === 'receive');
  const shown = receiving.length > 0 ? receiving : running;
  const figures = {
    running: running.length,
    waiting: count('waiting'),
    paused: count('paused'),
    failed: all.filter(({ state, direction }) => state === 'failed' && direction === 'receive').length,
  };
  const connected = status?.tracker?.connected ?? false;
  return {
    ...figures,
    kind: kindOf(figures, connected || status?.tracker === null),
    network: status?.tracker?.name ?? null,
    connected,
    receiveBytesPerSecond: status?.rates.receiveBytesPerSecond ?? 0,
    sendBytesPerSecond: status?.rates.sendBytesPerSecond ?? 0,
    progress: progressOf(shown),
    nearest: nearestOf(shown),
  };
}

/** What is more urgent to know first. A send that failed is tried again by its receiver: nobody here is needed. */
function kindOf(
  { failed, running, waiting, paused }: Pick<Activity, 'failed' | 'running' | 'waiting' | 'paused'>,
  isWell: boolean,
): ActivityKind {
  if (failed > 0) return 'attention';
  if (running > 0) return 'moving';
  if (!isWell) return 'offline';
  return paused > 0 && waiting === 0 ? 'paused' : 'idle';
}

function progressOf(transfers: readonly Transfer[]): number | null {
  if (transfers.length === 0) return null;
  const size = transfers.reduce((sum, transfer) => sum + transfer.size, 0);
  const done = transfers.reduce((sum, transfer) => sum + transfer.bytesDone, 0);
  return size === 0 ? 0 : Math.min(1, done / size);
}

function nearestOf(transfers: readonly Transfer[]): Transfer | null {
  const secondsLeft = (transfer: Transfer): number => transfer.secondsLeft ?? Number.MAX_VALUE;
  return transfers.toSorted((a, b) => secondsLeft(a) - secondsLeft(b))[0] ?? null;
}
