import type { ItemLook } from './look-at-item.js';

/** Nobody wrote for so long: it is complete, as far as anybody can tell. */
export const quietMs = 2000;
/** A copy begins with an empty file, which may stay empty while a slow disk or network is opened. */
export const emptyQuietMs = 15_000;

/** Something new in a watched folder, from the first look on. */
export interface Landing {
  readonly summary: string;
  /** Since when it looks like this, milliseconds. */
  readonly sameSince: number;
}

/** What it is after one more look. Pure. */
export function lookAgain(before: Landing | undefined, { summary }: Pick<ItemLook, 'summary'>, now: number): Landing {
  return before?.summary === summary ? before : { summary, sameSince: now };
}

export function isComplete({ sameSince }: Landing, { isEmpty, isFolder }: ItemLook, now: number): boolean {
  if (isFolder && isEmpty) return false; // there is nothing to share yet
  return now - sameSince >= (isEmpty ? emptyQuietMs : quietMs);
}
