import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Clock } from './clock.js';
import { createMailboxes, type Mailboxes } from './mailboxes.js';
import { createNameplates, type Nameplates } from './nameplates.js';

/** Programs that use the same server never meet: each has nameplates and mailboxes of its own. */
export interface MailboxApplication {
  readonly nameplates: Nameplates;
  readonly mailboxes: Mailboxes;
}

export interface MailboxApplications {
  /** Throws `too-large` when there are too many. */
  get(appId: string): MailboxApplication;
  close(): void;
}

/** Ours, the one of the `wormhole` command, and a few more. */
const maxApplications = 16;
const pruneEveryMs = 5 * 60_000;

export function createMailboxApplications(deps: {
  readonly clock: Clock;
  readonly random: () => number;
  readonly randomId: () => string;
}): MailboxApplications {
  const applications = new Map<string, MailboxApplication>();
  let stopTimer = deps.clock.after(pruneEveryMs, prune);

  function prune(): void {
    for (const [appId, { nameplates, mailboxes }] of applications) {
      nameplates.prune();
      mailboxes.prune();
      if (nameplates.size + mailboxes.size === 0) applications.delete(appId);
    }
    stopTimer = deps.clock.after(pruneEveryMs, prune);
  }

  return {
    get: (appId) => {
      let application = applications.get(appId);
      if (!application) {
        if (applications.size >= maxApplications) throw new EnxameError('too-large');
        const mailboxes = createMailboxes(deps);
        application = { mailboxes, nameplates: createNameplates({ ...deps, createMailbox: () => mailboxes.create() }) };
        applications.set(appId, application);
      }
      return application;
    },
    close: () => {
      stopTimer();
    },
  };
}
