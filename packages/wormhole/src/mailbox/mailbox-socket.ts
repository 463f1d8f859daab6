import { maxMailboxMessageBytes } from '@enxame/shared/mailbox/limits';
import type { MailboxClientMessage } from '@enxame/shared/mailbox/client-messages';
import { mailboxServerMessageSchema, type MailboxServerMessage } from '@enxame/shared/mailbox/server-messages';
import { WebSocket } from 'ws';

/** One connection to a mailbox server. It ends once, and says so; it never comes back. */
export interface MailboxSocket {
  send(message: MailboxClientMessage): void;
  /** Twice without harm; `onEnd` is not called for it. */
  close(): void;
}

const handshakeTimeoutMs = 10_000;

/**
 * Opens a connection. What is no message of the protocol is passed over, as the protocol asks: a server may know more
 * than we do.
 */
export function openMailboxSocket(options: {
  readonly url: string;
  readonly onOpen: () => void;
  readonly onMessage: (message: MailboxServerMessage) => void;
  readonly onEnd: () => void;
}): MailboxSocket {
  const socket = new WebSocket(options.url, {
    maxPayload: maxMailboxMessageBytes,
    perMessageDeflate: false,
    handshakeTimeout: handshakeTimeoutMs,
    // The server learns a number and sealed messages; who sits in its place can spoil a code, and read nothing. (W2)
    rejectUnauthorized: false,
  });
  let isOver = false;
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    options.onEnd();
  };
  socket.on('open', options.onOpen);
  socket.on('message', (data) => {
    const parsed = mailboxServerMessageSchema.safeParse(parseJson((data as Buffer).toString('utf8')));
    if (parsed.success && !isOver) options.onMessage(parsed.data);
  });
  socket.on('error', () => {
    socket.terminate(); // `close` follows
  });
  socket.on('close', end);
  return {
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close: () => {
      isOver = true;
      socket.close();
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // passed over like any message that nobody knows
  }
}
