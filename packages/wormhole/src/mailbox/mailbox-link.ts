import { deadline } from '../deadline.js';
import { setTimeout as wait } from 'node:timers/promises';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { MailboxClientMessage, Mood } from '@enxame/shared/mailbox/client-messages';
import type { MailboxServerMessage, MailboxServerMessageType } from '@enxame/shared/mailbox/server-messages';
import { openMailboxSocket, type MailboxSocket } from './mailbox-socket.js';

/** What another side said, in a mailbox that both have open. */
export interface SealedMessage {
  readonly side: string;
  readonly phase: string;
  readonly body: Uint8Array;
}

/**
 * One side of one nameplate and one mailbox, over as many connections as it takes. Owns the connection; what it said is
 * kept until the server has shown it, and said again after a loss. The order of calls: `allocate` or `claim`, `open`,
 * `add` ..., `release`, `close`.
 */
export interface MailboxLink {
  readonly side: string;
  /** A new nameplate. `many`: true when the server gives everybody who claims it a mailbox of their own. */
  allocate(options: { readonly many: boolean }): Promise<{ nameplate: string; many: boolean }>;
  /** The mailbox behind a nameplate. Throws `code-busy`. */
  claim(nameplate: string, options?: { readonly many: boolean }): Promise<{ mailbox: string; many: boolean }>;
  release(): void;
  open(mailbox: string): void;
  add(phase: string, body: Uint8Array): void;
  /** Says why, and ends the connection. Twice without harm. */
  close(mood: Mood): Promise<void>;
}

export interface MailboxLinkOptions {
  /** ws: or wss:, with the path. */
  readonly url: string;
  readonly appId: string;
  readonly side: string;
  /** Called for what others said, never for our own; the same message may come again. */
  readonly onMessage: (message: SealedMessage) => void;
  readonly onKnock?: (mailbox: string) => void;
  /** It will not work (any more): `rate-limited`, `code-busy`, `tracker-unreachable` when it never answered. */
  readonly onError: (error: EnxameError) => void;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

const firstWaitMs = 1000;
const maxWaitMs = 60_000;
const waitGrowth = 1.5;
const answerTimeoutMs = 20_000;
const farewellMs = 2000;

type Answered = Extract<MailboxServerMessage, { type: 'allocated' | 'claimed' | 'closed' }>;

/** Connects. Never throws: what goes wrong comes through `onError`, and through what is waited for. */
export function openMailboxLink(options: MailboxLinkOptions): MailboxLink {
  const { appId, side, signal } = options;
  const unsaid = new Map<string, Uint8Array>();
  let socket: MailboxSocket | undefined;
  let isReady = false;
  let wasReady = false;
  let nameplate: { readonly id: string; readonly many: boolean } | undefined;
  let mailbox: string | undefined;
  let waitMs = firstWaitMs;
  let isClosed = false;
  let question: { readonly ask: MailboxClientMessage; readonly answer: MailboxServerMessageType } | undefined;
  let onAnswer: ((message: Answered) => void) | undefined;
  let onFailure: ((error: EnxameError) => void) | undefined;

  const send = (message: MailboxClientMessage): void => {
    if (isReady) socket?.send(message);
  };

  function connect(): void {
    if (isClosed || signal.aborted) return;
    socket = openMailboxSocket({
      url: options.url,
      onOpen: () => {
        isReady = wasReady = true;
        waitMs = firstWaitMs;
        send({ type: 'bind', appid: appId, side });
        if (question) send(question.ask);
        else if (nameplate) send({ type: 'claim', nameplate: nameplate.id, ...(nameplate.many && { many: true }) });
        if (mailbox !== undefined) send({ type: 'open', mailbox });
        for (const [phase, body] of unsaid) sendBody(phase, body);
      },
      onMessage: handleMessage,
      onEnd: () => {
        isReady = false;
        socket = undefined;
        if (!wasReady) fail(new EnxameError('tracker-unreachable', { address: options.url }));
        else void reconnect();
      },
    });
  }

  async function reconnect(): Promise<void> {
    const delayMs = waitMs * (0.5 + options.random() / 2);
    waitMs = Math.min(maxWaitMs, waitMs * waitGrowth);
    try {
      await wait(delayMs, undefined, { signal });
    } catch {
      return; // aborted: nobody waits for this link any more
    }
    connect();
  }

  function handleMessage(message: MailboxServerMessage): void {
    switch (message.type) {
      case 'welcome':
        if (message.welcome.error !== undefined) fail(new EnxameError('other-side-failed'));
        return;
      case 'message':
        if (message.side === side) unsaid.delete(message.phase);
        else options.onMessage({ side: message.side, phase: message.phase, body: Buffer.from(message.body, 'hex') });
        return;
      case 'knocked':
        options.onKnock?.(message.mailbox);
        return;
      case 'error':
        // A server counts a side in before it finds that there are too many: unless it leaves, the nameplate is never free again.
        if (question?.ask.type === 'claim') send({ type: 'release', nameplate: question.ask.nameplate });
        fail(new EnxameError(message.error.includes('crowded') ? 'code-busy' : 'other-side-failed'));
        return;
      case 'allocated':
      case 'claimed':
      case 'closed':
        if (message.type === question?.answer) onAnswer?.(message);
        return;
      case 'ack':
      case 'pong':
      case 'nameplates':
      case 'released':
    }
  }

  function fail(error: EnxameError): void {
    onFailure?.(error);
    options.onError(error);
  }

  /** One question at a time; asked again on another connection when the first was lost. */
  async function ask<T extends Answered['type']>(
    message: MailboxClientMessage,
    answer: T,
    timeoutMs = answerTimeoutMs,
  ) {
    question = { ask: message, answer };
    const timeout = AbortSignal.any([signal, deadline(timeoutMs)]);
    try {
      return await new Promise<Extract<Answered, { type: T }>>((resolve, reject) => {
        onAnswer = (answered) => {
          resolve(answered as Extract<Answered, { type: T }>);
        };
        onFailure = reject;
        timeout.addEventListener('abort', () => {
          reject(new EnxameError(signal.aborted ? 'cancelled' : 'timed-out'));
        });
        send(message);
      });
    } finally {
      question = onAnswer = onFailure = undefined;
    }
  }

  function sendBody(phase: string, body: Uint8Array): void {
    send({ type: 'add', phase, body: Buffer.from(body).toString('hex') });
  }

  const onAbort = (): void => {
    socket?.close();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  connect();

  return {
    side,
    allocate: async ({ many }) => {
      const answer = await ask({ type: 'allocate', ...(many && { many }) }, 'allocated');
      nameplate = { id: answer.nameplate, many: answer.many === true };
      return { nameplate: answer.nameplate, many: nameplate.many };
    },
    claim: async (id, { many } = { many: false }) => {
      const answer = await ask({ type: 'claim', nameplate: id, ...(many && { many }) }, 'claimed');
      nameplate = { id, many: answer.many === true };
      return { mailbox: answer.mailbox, many: nameplate.many };
    },
    release: () => {
      if (nameplate) send({ type: 'release', nameplate: nameplate.id });
      nameplate = undefined;
    },
    open: (id) => {
      mailbox = id;
      send({ type: 'open', mailbox: id });
    },
    add: (phase, body) => {
      unsaid.set(phase, body);
      sendBody(phase, body);
    },
    close: async (mood) => {
      if (isClosed) return;
      isClosed = true;
      signal.removeEventListener('abort', onAbort);
      if (isReady && mailbox !== undefined && !signal.aborted) {
        if (nameplate) send({ type: 'release', nameplate: nameplate.id });
        // Whether the server hears it or not: it forgets the mailbox by itself.
        await ask({ type: 'close', mailbox, mood }, 'closed', farewellMs).catch(() => undefined);
      }
      socket?.close();
    },
  };
}
