import type { IncomingMessage, Server } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';

/** Something on the tracker's port that is no request and answer. True: it was for this one, which has taken the socket. */
export interface UpgradeHandler {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
}

/** Where Socket.IO listens for itself. */
const socketIoPath = '/socket.io/';

/** Asks one handler after the other; what is for none of them is cut. */
export function attachUpgrades(server: Server | HttpsServer, handlers: readonly UpgradeHandler[]): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.startsWith(socketIoPath) === true) return;
    socket.on('error', () => socket.destroy());
    if (!handlers.some((handler) => handler.handleUpgrade(request, socket, head))) socket.destroy();
  });
}
