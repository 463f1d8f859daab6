/**
 * The time as the tracker in use has it. What a tracker signs for an hour is judged by its clock: this computer's may be
 * hours wrong, or be set while it runs, and the person who shares would be refusing everybody without knowing it.
 */
export interface TrackerClock {
  /** Milliseconds since 1970; as this computer has it until a tracker said otherwise. */
  readonly now: () => number;
  /** The tracker has just said this. */
  readonly learn: (trackerNowMs: number) => void;
}

/** `monotonic`: milliseconds that go on whatever happens to the clock. What a sleep leaves out, the next session tells. */
export function createTrackerClock(now: () => number, monotonic: () => number): TrackerClock {
  let aheadMs: number | undefined;
  return {
    now: () => (aheadMs === undefined ? now() : monotonic() + aheadMs),
    learn: (trackerNowMs) => {
      aheadMs = trackerNowMs - monotonic();
    },
  };
}
