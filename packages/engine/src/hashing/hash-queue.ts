import type { HashJob } from './hash-job.js';

/** How many small turns may pass a large job that waits: small files stay quick, and large ones still get on. */
const maxStreak = 32;

/**
 * What a free worker does next. Manifests go before SHA-256 sums (an entry is announced with the first); in each kind,
 * what is new goes before what needs many turns, up to a streak, so that neither starves.
 */
export interface HashQueue {
  /** `isBackground`: only when there is nothing else to do. */
  add(job: HashJob, isBackground?: boolean): void;
  /** Puts back a job that needs more turns. */
  addContinuing(job: HashJob): void;
  /** The next manifest job; it is out of the queue then. */
  takeManifest(): HashJob | undefined;
  /** The next SHA-256 job, for a worker whose large one, if it has one, is `own`. */
  takeSha256(own: HashJob | undefined): HashJob | undefined;
  /** The next job of the background, of any kind. */
  takeBackground(): HashJob | undefined;
  isBackground(job: HashJob): boolean;
  remove(job: HashJob): void;
}

export function createHashQueue(): HashQueue {
  const fresh: HashJob[] = [];
  const continuing: HashJob[] = [];
  const smallSums: HashJob[] = [];
  const largeSums: HashJob[] = [];
  const background: HashJob[] = [];
  const backgroundJobs = new WeakSet<HashJob>();
  let manifestStreak = 0;
  let sumStreak = 0;

  return {
    add: (job, isBackground = false) => {
      if (isBackground) backgroundJobs.add(job);
      if (isBackground) background.push(job);
      else (job.kind === 'manifest' ? fresh : job.small ? smallSums : largeSums).push(job);
    },
    addContinuing: (job) => {
      // To the front: of two large files one is ready early, instead of both late.
      (backgroundJobs.has(job) ? background : continuing).unshift(job);
    },
    takeManifest: () => {
      const passed = manifestStreak >= maxStreak && continuing.length > 0;
      const job = passed ? continuing.shift() : (fresh.shift() ?? continuing.shift());
      manifestStreak = passed ? 0 : manifestStreak + 1;
      return job;
    },
    takeSha256: (own) => {
      const large = own ?? largeSums[0];
      const passed = sumStreak >= maxStreak && large !== undefined;
      const job = passed ? large : (smallSums.shift() ?? large);
      if (job !== undefined && job === largeSums[0]) largeSums.shift();
      sumStreak = passed ? 0 : sumStreak + 1;
      return job;
    },
    takeBackground: () => background.shift(),
    isBackground: (job) => backgroundJobs.has(job),
    remove: (job) => {
      for (const list of [background, fresh, continuing, smallSums, largeSums]) {
        const index = list.indexOf(job);
        if (index >= 0) list.splice(index, 1);
      }
    },
  };
}
