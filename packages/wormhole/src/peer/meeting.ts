/**
 * Where two sides that proved a code to each other find each other again: a mailbox that only they can name, on the server where
 * they met. It carries addresses and calls for help, sealed, and outlives restarts of either side: everything about it follows
 * from the key that both keep. Nothing in it has an order, and what is said twice is heard twice. (docs/spec/codes.md, W54)
 */
import { setTimeout as wait } from 'node:timers/promises';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { deviceAddressSchema, maxAddresses } from '@enxame/shared/tracker/person';
import { z } from 'zod';
import { deriveKey } from '../keys.js';
import { openMailboxLink, type MailboxLink, type SealedMessage } from '../mailbox/mailbox-link.js';
import { nonceBytes, openBox, sealBox } from '../secret-box.js';

type MeetingRole = 'sender' | 'receiver';

const meetingMessageSchema = z.union([
  /** Where the one who says it can be reached. The latest counts, by the clock of who says it. */
  z.object({ here: z.object({ addresses: z.array(deviceAddressSchema).max(maxAddresses), at: z.int().min(0) }) }),
  /** Come to the relay with this token: nothing else works. */
  z.object({ relay: z.object({ token: z.string().regex(/^[0-9a-f]{64}$/) }) }),
]);
export type MeetingMessage = z.infer<typeof meetingMessageSchema>;

export interface Meeting {
  /** Heard as soon as the other side is there, too. */
  say(message: MeetingMessage): void;
  /** Twice without harm. */
  close(): Promise<void>;
}

export interface MeetingOptions {
  /** The mailbox server: ws: or wss:, with its path. */
  readonly url: string;
  readonly appId: string;
  readonly role: MeetingRole;
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly random: () => number;
  /** What the other side said, never our own; old things may come again. */
  readonly onMessage: (message: MeetingMessage) => void;
}

const firstWaitMs = 1000;
const maxWaitMs = 60_000;
const phaseBytes = 8;
/** A side keeps no more unsaid than this: only the latest addresses matter, and a call for help is soon another one. */
const maxUnsaid = 8;

const hex = (bytes: Uint8Array, length: number): string => Buffer.from(bytes).toString('hex').slice(0, length);

/** The key of the meeting of two sides, from the key that their wormhole gave them. */
export const deriveMeetingKey = (transitKey: Uint8Array): Uint8Array => deriveKey(transitKey, 'enxame/meeting');

/** Opens it, and again for as long as it takes: a server that is away is waited for. Never throws. */
export function openMeeting(options: MeetingOptions): Meeting {
  const { key, role } = options;
  const otherRole: MeetingRole = role === 'sender' ? 'receiver' : 'sender';
  const mailbox = hex(deriveKey(key, 'enxame/meeting mailbox'), 26);
  const side = hex(deriveKey(key, `enxame/meeting side ${role}`), 10);
  // A key for each direction: what we said, sent back to us, opens for nobody.
  const ownKey = deriveKey(key, `enxame/meeting ${role}`);
  const theirKey = deriveKey(key, `enxame/meeting ${otherRole}`);
  const end = new AbortController();
  const unsaid: MeetingMessage[] = [];
  let link: MailboxLink | undefined;
  let waitMs = firstWaitMs;

  function handle({ body }: SealedMessage): void {
    let message;
    try {
      message = meetingMessageSchema.safeParse(JSON.parse(Buffer.from(openBox(theirKey, body)).toString('utf8')));
    } catch {
      return; // whoever owns the server may write into the mailbox; it opens for nobody
    }
    waitMs = firstWaitMs;
    if (message.success) options.onMessage(message.data);
  }

  function send(to: MailboxLink, message: MeetingMessage): void {
    const phase = `enxame-${Buffer.from(options.randomBytes(phaseBytes)).toString('hex')}`;
    to.add(phase, sealBox(ownKey, options.randomBytes(nonceBytes), Buffer.from(JSON.stringify(message))));
  }

  function open(): void {
    if (end.signal.aborted) return;
    const opened = openMailboxLink({
      url: options.url,
      appId: options.appId,
      side,
      random: options.random,
      signal: end.signal,
      onMessage: handle,
      onError: () => void openAgain(opened),
    });
    link = opened;
    opened.open(mailbox);
    for (const message of unsaid) send(opened, message);
  }

  async function openAgain(failed: MailboxLink): Promise<void> {
    if (link !== failed) return;
    link = undefined;
    const delayMs = waitMs * (0.5 + options.random() / 2);
    waitMs = Math.min(maxWaitMs, waitMs * 2);
    try {
      await failed.close('errory');
      await wait(delayMs, undefined, { signal: end.signal });
    } catch {
      return; // closed meanwhile
    }
    open();
  }

  open();
  return {
    say: (message) => {
      if (end.signal.aborted) throw new EnxameError('cancelled');
      unsaid.push(message);
      if (unsaid.length > maxUnsaid) unsaid.shift();
      if (link) send(link, message);
    },
    close: async () => {
      if (end.signal.aborted) return;
      const last = link;
      link = undefined;
      await last?.close('happy');
      end.abort();
    },
  };
}
