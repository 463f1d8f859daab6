import { once } from 'node:events';
import { unlink } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import type { Carrier } from '@enxame/shared/engine/carrier';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { closeGraceMs, createLineCarrier } from './line-carrier.js';
import { connectSocket } from './local-dial.js';
import { makeOwnerOnlyFolder } from './owner-only-folder.js';
import { localSocketDeps, socketAddress, type SocketAddressDeps } from './socket-address.js';

/** A person has a few terminals open, not hundreds; more is a program gone wild. */
const maxInterfaces = 128;

export interface LocalListener {
  readonly path: string;
  /** Ends every connection and removes the socket. Twice without harm. */
  close(): Promise<void>;
}

/**
 * Lets the interfaces of this computer reach the engine of a data folder, for the folder's user only. To be called by
 * who holds the folder's lock: a socket that nobody answers at was left by a process that died, and is replaced.
 * Throws `data-folder-locked` when somebody answers, `data-folder-unwritable`.
 */
export async function listenLocalSocket(
  dataFolder: string,
  accept: (carrier: Carrier) => void,
  deps: SocketAddressDeps = localSocketDeps(),
): Promise<LocalListener> {
  const { path, shortFolder } = await socketAddress(dataFolder, deps);
  if (shortFolder !== undefined) await makeOwnerOnlyFolder(shortFolder, deps.uid);
  if (deps.platform !== 'win32') await removeStaleSocket(path, dataFolder);

  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    accept(createLineCarrier(socket));
  });
  server.maxConnections = maxInterfaces;
  await listenForOwner(server, path, dataFolder);

  let closing: Promise<void> | undefined;
  return {
    path,
    close: () =>
      (closing ??= new Promise((resolve) => {
        const timer = setTimeout(() => {
          for (const socket of sockets) socket.destroy();
        }, closeGraceMs);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        for (const socket of sockets) socket.destroySoon();
      })),
  };
}

/** The socket must never, not even for a moment, be there for others to connect to. */
async function listenForOwner(server: Server, path: string, folder: string): Promise<void> {
  // `listen` makes the file in this very turn, with the rights that the mask leaves. Windows has no mask: its pipes
  // can be written by their owner and administrators only.
  const mask = process.umask(0o077);
  try {
    server.listen(path);
  } finally {
    process.umask(mask);
  }
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'EADDRINUSE') throw new EnxameError('data-folder-locked', { folder }, { cause: error });
    throw new EnxameError('data-folder-unwritable', { folder }, { cause: error });
  }
}

async function removeStaleSocket(path: string, folder: string): Promise<void> {
  const socket = await connectSocket(path);
  if (socket) {
    socket.destroy();
    throw new EnxameError('data-folder-locked', { folder });
  }
  await unlink(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  });
}
