import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** What one side put into the mailbox. */
export interface Said {
  readonly side: string;
  readonly phase: string;
  /** Hex. */
  readonly body: string;
}

/** What the server shows to a side in place of what was said: nothing, the same, something else, several things. */
export type Meddle = (said: Said, shownTo: string) => readonly Said[];

/** What the server shows to the side that said it. */
export type Echo = (said: Said) => readonly Said[];

/** A mailbox server with one nameplate and one mailbox, whose owner meddles with what is said. */
export async function openHostileMailbox(
  meddle: Meddle,
  echo: Echo = (said) => [said],
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const readers = new Map<string, WebSocket>();
  const all: Said[] = [];

  function show(reader: string, said: Said): void {
    const shown = said.side === reader ? echo(said) : meddle(said, reader);
    for (const each of shown) readers.get(reader)?.send(JSON.stringify({ type: 'message', ...each }));
  }

  server.on('connection', (socket) => {
    let side = '';
    const send = (message: unknown): void => {
      socket.send(JSON.stringify(message));
    };
    send({ type: 'welcome', welcome: {} });
    socket.on('message', (data) => {
      const message = JSON.parse((data as Buffer).toString()) as Record<string, string>;
      switch (message['type']) {
        case 'bind':
          side = message['side'] ?? '';
          break;
        case 'allocate':
          send({ type: 'allocated', nameplate: '4' });
          break;
        case 'claim':
          send({ type: 'claimed', mailbox: 'the-one' });
          break;
        case 'open':
          readers.set(side, socket);
          for (const said of all) show(side, said);
          break;
        case 'add': {
          const said = { side, phase: message['phase'] ?? '', body: message['body'] ?? '' };
          all.push(said);
          for (const reader of readers.keys()) show(reader, said);
          break;
        }
        case 'close':
          send({ type: 'closed' });
          break;
        case undefined:
        default: // releases, pings: nothing that these tests need
      }
    });
  });
  return {
    url: `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: async () => {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}
