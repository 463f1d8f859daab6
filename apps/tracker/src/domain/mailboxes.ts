import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { maxMessagesPerMailbox } from '@enxame/shared/mailbox/limits';
import type { Clock } from './clock.js';
import { absenceMs } from './nameplates.js';

/** A message in a mailbox, sealed by its sender: the tracker can read none of it but the names. */
export interface MailboxMessage {
  readonly side: string;
  readonly phase: string;
  /** Hex. */
  readonly body: string;
}

/** A mailbox opened by one connection of one side. */
export interface OpenMailbox {
  add(phase: string, body: string): void;
  /** This side has what it wanted. With the last side the mailbox goes. */
  close(): void;
  /** The connection is gone; the side may come back. Twice without harm. */
  leave(): void;
}

/** The mailboxes of one application: two sides each, and what they said. Memory only: clients say again what was lost. */
export interface Mailboxes {
  /** An id that nobody can guess. */
  create(): string;
  /** Throws `rate-limited` for a third side ("crowded"), `too-large` when there are too many mailboxes. */
  open(mailbox: string, side: string, onMessage: (message: MailboxMessage) => void): OpenMailbox;
  /** Ends what nobody looked at for `absenceMs`. */
  prune(): void;
  readonly size: number;
}

/** At some 20 messages of a few KiB each this is the most memory that strangers can take: it is shared by everybody. */
export const maxMailboxes = 10_000;
const sidesPerMailbox = 2;

interface Mailbox {
  readonly messages: MailboxMessage[];
  /** True while the side has not closed it. */
  readonly sides: Map<string, boolean>;
  readonly listeners: Set<(message: MailboxMessage) => void>;
  usedAt: number;
}

export function createMailboxes(deps: { readonly clock: Clock; readonly randomId: () => string }): Mailboxes {
  const mailboxes = new Map<string, Mailbox>();

  function mailboxFor(id: string): Mailbox {
    let mailbox = mailboxes.get(id);
    if (!mailbox) {
      if (mailboxes.size >= maxMailboxes) throw new EnxameError('too-large');
      mailbox = { messages: [], sides: new Map(), listeners: new Set(), usedAt: deps.clock.now() };
      mailboxes.set(id, mailbox);
    }
    return mailbox;
  }

  function openFor(id: string, side: string, onMessage: (message: MailboxMessage) => void): OpenMailbox {
    const mailbox = mailboxFor(id);
    if (!mailbox.sides.has(side) && mailbox.sides.size >= sidesPerMailbox) throw new EnxameError('rate-limited');
    mailbox.sides.set(side, true);
    mailbox.listeners.add(onMessage);
    mailbox.usedAt = deps.clock.now();
    for (const message of mailbox.messages) onMessage(message);

    return {
      add: (phase, body) => {
        mailbox.usedAt = deps.clock.now();
        // A client that lost its connection says everything again.
        if (mailbox.messages.some((said) => said.side === side && said.phase === phase)) return;
        if (mailbox.messages.length >= maxMessagesPerMailbox) throw new EnxameError('too-large');
        const message = { side, phase, body };
        mailbox.messages.push(message);
        for (const listener of [...mailbox.listeners]) listener(message);
      },
      close: () => {
        mailbox.listeners.delete(onMessage);
        mailbox.sides.set(side, false);
        if ([...mailbox.sides.values()].every((isOpen) => !isOpen) && mailboxes.get(id) === mailbox) {
          mailboxes.delete(id);
        }
      },
      leave: () => {
        mailbox.usedAt = deps.clock.now();
        mailbox.listeners.delete(onMessage);
      },
    };
  }

  return {
    create: () => deps.randomId(),
    open: openFor,
    prune: () => {
      const oldest = deps.clock.now() - absenceMs;
      for (const [id, mailbox] of mailboxes) {
        if (mailbox.usedAt < oldest && mailbox.listeners.size === 0) mailboxes.delete(id);
      }
    },
    get size() {
      return mailboxes.size;
    },
  };
}
