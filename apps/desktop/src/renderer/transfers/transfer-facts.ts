import type { Transfer } from '@enxame/shared/engine/transfer';

/** The groups of the Transfers page, in their order. */
export const groups = ['needsYou', 'active', 'waiting', 'paused', 'finished'] as const;
export type Group = (typeof groups)[number];

export function groupOf({ state }: Transfer): Group {
  switch (state) {
    case 'failed':
      return 'needsYou';
    case 'moving':
    case 'checking':
      return 'active';
    case 'waiting':
      return 'waiting';
    case 'paused':
      return 'paused';
    case 'verified':
    case 'sent':
    case 'received':
      return 'finished';
  }
}

/** Whether it can be stopped for a while. What is sent is paced by the receiver. */
export function canPause({ direction, state }: Transfer): boolean {
  return direction === 'receive' && (state === 'moving' || state === 'waiting' || state === 'checking');
}

export function canResume({ direction, state }: Transfer): boolean {
  return direction === 'receive' && (state === 'paused' || state === 'failed');
}

/** Whether `Delete` takes it off without a question: nothing is lost that could go on by itself. */
export function canTakeOff(transfer: Transfer): boolean {
  return isFinished(transfer) || (transfer.direction === 'send' && canRemove(transfer));
}

export function isFinished({ state }: Transfer): boolean {
  return state === 'verified' || state === 'sent' || state === 'received';
}

/** Whether taking it off the list throws verified bytes away: then the person is asked first. */
export function removalLosesBytes(transfer: Transfer): boolean {
  return transfer.direction === 'receive' && transfer.state !== 'verified' && transfer.bytesDone > 0;
}

/** Whether it may be removed at all: what is being sent ends with the receiver, or when the receiver stops asking. */
export function canRemove({ direction, state }: Transfer): boolean {
  return (
    direction === 'receive' || state === 'sent' || state === 'received' || state === 'failed' || state === 'waiting'
  );
}

/** Newest first within finished; by their places in a queue; oldest first, as they were asked for, elsewhere. */
export function compareInGroup(a: Transfer, b: Transfer): number {
  return (
    (b.finishedAt ?? 0) - (a.finishedAt ?? 0) ||
    placeOf(a) - placeOf(b) ||
    a.startedAt - b.startedAt ||
    (a.id < b.id ? -1 : 1)
  );
}

/** What waits for a turn comes before what waits for somebody to be there. */
function placeOf({ state, queue }: Transfer): number {
  return state === 'waiting' ? (queue?.position ?? Number.MAX_SAFE_INTEGER) : 0;
}

/** Whether it waits for its turn, and only for that: told on one line with its place. */
export function isQueued({ state, queue }: Transfer): boolean {
  return state === 'waiting' && queue !== null;
}

/** A time left is worth saying after this much of data. */
export const etaAfterMs = 5000;
/** Beyond this the time of day is said as well. */
export const clockAfterSeconds = 600;

/** The downloads that wait for a turn, in their order. */
export function queueOf(transfers: Iterable<Transfer>): Transfer[] {
  return [...transfers].filter((one) => one.direction === 'receive' && isQueued(one)).sort(compareInGroup);
}

/** Before which one a step in the queue puts it: null is its end. Undefined where there is no step to take. */
export function stepBefore(queue: readonly Transfer[], id: Transfer['id'], step: -1 | 1): Transfer | null | undefined {
  const index = queue.findIndex((one) => one.id === id);
  if (index < 0 || queue[index + step] === undefined) return undefined;
  return step === -1 ? queue[index - 1] : (queue[index + 2] ?? null);
}
