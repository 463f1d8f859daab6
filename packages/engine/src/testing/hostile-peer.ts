import { createServer, type TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';
import type { TestDevice } from './test-device.js';

/** A TLS server that answers each request with whatever bytes it likes. */
export interface HostilePeer {
  readonly port: number;
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** `answer` gets the head of each request, and how many came before it. */
export async function startHostilePeer(
  device: TestDevice,
  answer: (socket: TLSSocket, request: string, index: number) => void,
): Promise<HostilePeer> {
  const requests: string[] = [];
  const sockets = new Set<TLSSocket>();
  const server = createServer(
    { ...device.tls, requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.3' },
    (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => undefined); // the other side hangs up, as it should
      let text = '';
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
        for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
          const request = text.slice(0, end);
          text = text.slice(end + 4);
          requests.push(request);
          answer(socket, request, requests.length - 1);
        }
      });
    },
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** An honest answer: a head for so many bytes. */
export const answerHead = (status: number, bytes: number): string =>
  `HTTP/1.1 ${String(status)} X\r\ncontent-length: ${String(bytes)}\r\n\r\n`;
