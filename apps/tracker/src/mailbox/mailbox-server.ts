import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { maxMailboxMessageBytes } from '@enxame/shared/mailbox/limits';
import type { MailboxServerMessage } from '@enxame/shared/mailbox/server-messages';
import { WebSocketServer, type WebSocket } from 'ws';
import { isLoopbackHost, normaliseHost } from '../domain/device-addresses.js';
import type { MailboxApplications } from '../domain/mailbox-applications.js';
import { toAddressGroup } from '../http/address-group.js';
import { createRateLimit } from '../socket/rate-limits.js';
import { createClaimLimit } from './claim-limit.js';
import { createMailboxSession } from './mailbox-session.js';

/** Where clients of Magic Wormhole expect it. */
export const mailboxPath = '/v1';
/** Two sides exchange some twenty messages in a second, once. */
const messagesPerSecond = 50;
const maxConnections = 2000;
const maxConnectionsPerAddress = 200;
const pingEveryMs = 60_000;
/** RFC 6455, 7.4.1: a policy was broken. */
const tooMuch = 1008;
/** What waits for a client that does not read. */
const maxWaitingBytes = 1024 * 1024;

/** The mailbox server of Magic Wormhole: codes find each other here, and the tracker learns nothing but numbers. */
export interface MailboxServer {
  /** For servers' `upgrade` event. True: it was for this server, which has taken the socket. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): void;
}

export function createMailboxServer(deps: {
  readonly applications: MailboxApplications;
  readonly welcome: string | undefined;
  readonly onInternal: (error: unknown, where: string) => void;
}): MailboxServer {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxMailboxMessageBytes,
    perMessageDeflate: false,
    clientTracking: true,
  });
  const claims = createClaimLimit();
  const perAddress = new Map<string, number>();
  const timer = setInterval(dropSilent, pingEveryMs);
  timer.unref();
  const answered = new WeakSet<WebSocket>();

  function dropSilent(): void {
    for (const client of server.clients) {
      if (!answered.has(client)) client.terminate();
      answered.delete(client);
      client.ping();
    }
  }

  function accept(client: WebSocket, host: string): void {
    const group = toAddressGroup(host);
    const messages = createRateLimit({ points: messagesPerSecond, seconds: 1 });
    perAddress.set(group, (perAddress.get(group) ?? 0) + 1);
    const send = (message: MailboxServerMessage): void => {
      if (client.bufferedAmount > maxWaitingBytes) client.terminate();
      else client.send(JSON.stringify({ ...message, server_tx: Date.now() / 1000 }));
    };
    const session = createMailboxSession({
      applications: deps.applications,
      countClaim: () => claims.count(host),
      send,
      onInternal: (error) => {
        deps.onInternal(error, 'mailbox');
      },
    });
    answered.add(client);
    let turn = Promise.resolve();
    client.on('message', (data) => {
      const text = (data as Buffer).toString('utf8');
      turn = turn
        .then(() => messages.count(''))
        .then(
          () => session.receive(text),
          () => {
            client.close(tooMuch, 'rate-limited');
          },
        );
    });
    client.on('pong', () => answered.add(client));
    client.on('error', () => {
      client.terminate(); // whatever broke its protocol
    });
    client.on('close', () => {
      session.end();
      const left = (perAddress.get(group) ?? 1) - 1;
      if (left > 0) perAddress.set(group, left);
      else perAddress.delete(group);
    });
    send({ type: 'welcome', welcome: deps.welcome === undefined ? {} : { motd: deps.welcome } });
  }

  return {
    handleUpgrade: (request, socket, head) => {
      if (request.url?.split('?', 1)[0] !== mailboxPath) return false;
      const host = normaliseHost(request.socket.remoteAddress ?? '');
      const count = perAddress.get(toAddressGroup(host)) ?? 0;
      if (server.clients.size >= maxConnections || (count >= maxConnectionsPerAddress && !isLoopbackHost(host))) {
        socket.end('HTTP/1.1 429 Too Many Requests\r\nconnection: close\r\n\r\n');
        return true;
      }
      server.handleUpgrade(request, socket, head, (client) => {
        accept(client, host);
      });
      return true;
    },
    close: () => {
      clearInterval(timer);
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}
