import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Room in `sockaddr_un` is 104 bytes on macOS and 108 on Linux, with the closing zero. */
const maxSocketPathBytes = 100;
const socketName = 'engine.sock';

export interface SocketAddress {
  /** What `net.listen` and `net.connect` take. */
  readonly path: string;
  /** A folder of this user that holds nothing else but sockets, when the data folder's own path is too long for one. */
  readonly shortFolder: string | undefined;
}

export interface SocketAddressDeps {
  readonly platform: NodeJS.Platform;
  readonly temporaryFolder: string;
  /** The number of the user; undefined on Windows. */
  readonly uid: number | undefined;
}

/** The ones of this process. */
export function localSocketDeps(): SocketAddressDeps {
  return { platform: process.platform, temporaryFolder: tmpdir(), uid: process.getuid?.() };
}

/**
 * Where the engine of a data folder listens for the interfaces of this computer: `<data>/engine.sock`. On Windows, whose
 * pipes have names and no folders, a pipe named after a hash of the folder. Both ends must find the same address, so it
 * follows from the folder's real path alone.
 */
export async function socketAddress(dataFolder: string, deps: SocketAddressDeps): Promise<SocketAddress> {
  const folder = await toRealPath(dataFolder);
  if (deps.platform === 'win32') {
    return { path: `\\\\.\\pipe\\enxame-engine-${hashOf(folder.toLowerCase())}`, shortFolder: undefined };
  }
  const path = join(folder, socketName);
  if (fits(path)) return { path, shortFolder: undefined };
  for (const temporaryFolder of [deps.temporaryFolder, '/tmp']) {
    const shortFolder = join(temporaryFolder, `enxame-${String(deps.uid)}`);
    const shortPath = join(shortFolder, `${hashOf(folder)}.sock`);
    if (fits(shortPath)) return { path: shortPath, shortFolder };
  }
  throw new Error('unreachable: /tmp is short');
}

function fits(path: string): boolean {
  return Buffer.byteLength(path) <= maxSocketPathBytes;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** A folder that is not there yet has no engine, and whatever it is called is as good. */
async function toRealPath(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return resolve(folder);
    throw error;
  }
}
