import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CodeOffer, CodeReceive } from '@enxame/shared/engine/code';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toDiskError } from '@enxame/storage/disk-error';
import type { Offer } from '@enxame/wormhole/file-transfer/messages';
import type { ReceivedOffer } from '@enxame/wormhole/file-transfer/receive-offer';
import { openTransit } from '@enxame/wormhole/transit/transit';
import { giveFolderName } from '../../collections/give-folder-name.js';
import { createRateMeter } from '../../peer/rate-meter.js';
import { toHex, type CodeDeps } from '../code-deps.js';
import type { Rendezvous } from '../mailbox-url.js';
import { openReceivedFile } from './received-file.js';
import { unzipFolder } from './unzip-folder.js';

/** An offer of any other program: taken from the front to the back over one connection, or not at all. */
export interface PlainOffer {
  readonly shown: CodeOffer;
  readonly bytesPerSecond: number;
  refuse(): void;
  /** Resolves when it is in place, with the SHA-256 of what travelled. Throws what went wrong; nothing of it stays then. */
  fetch(folder: string, only: readonly string[] | undefined): Promise<{ readonly sha256: string }>;
}

export function createPlainOffer(
  received: ReceivedOffer,
  options: {
    readonly id: string;
    readonly offer: Exclude<Offer, { message: string }>;
    readonly transitKey: Uint8Array;
    readonly rendezvous: Rendezvous;
    readonly signal: AbortSignal;
    readonly update: (change: Partial<CodeReceive>) => void;
  },
  deps: CodeDeps,
): PlainOffer {
  const { id, offer, update } = options;
  const rate = createRateMeter(deps.now);
  let bytesDone = 0;

  async function unpack(
    zip: string,
    folder: string,
    offered: Extract<Offer, { directory: unknown }>['directory'],
    only: readonly string[] | undefined,
  ): Promise<string> {
    const part = join(folder, `${toSafeFileName(offered.dirname)}.${id.slice(0, 8)}.part`);
    try {
      await mkdir(part);
      await unzipFolder(zip, part, { bytes: offered.numbytes, files: offered.numfiles, only });
      return await giveFolderName(part, { folder, name: offered.dirname });
    } catch (error) {
      await rm(part, { recursive: true, force: true });
      throw error instanceof EnxameError ? error : toDiskError(error, folder);
    } finally {
      await rm(zip, { force: true });
    }
  }

  return {
    shown: toShownOffer(offer),
    get bytesPerSecond() {
      return rate.bytesPerSecond();
    },
    refuse: () => {
      received.refuse();
    },
    fetch: async (folder, only) => {
      const isFile = 'file' in offer;
      if (only && isFile) throw new EnxameError('not-supported');
      const size = isFile ? offer.file.filesize : offer.directory.zipsize;
      const name = isFile ? offer.file.filename : `${offer.directory.dirname}.zip`;
      const file = await openReceivedFile({ folder, name, id }, size);
      const transit = await openTransit({
        role: 'receiver',
        transitKey: options.transitKey,
        hosts: deps.hosts(),
        relays: options.rendezvous.relays,
        side: toHex(deps.randomBytes(8)),
        sealing: deps.sealing,
        signal: options.signal,
      });
      try {
        const { sha256 } = await received.accept({
          transit,
          onPath: (path) => {
            update({ path });
          },
          write: async (chunk) => {
            await file.write(chunk);
            rate.add(chunk.length);
            bytesDone += chunk.length;
            update({ bytesDone });
          },
          // The sender hears that it arrived when it has its name here, and not before.
          finish: async () => {
            const path = await file.finish();
            update({ savedAs: isFile ? path : await unpack(path, folder, offer.directory, only) });
          },
        });
        return { sha256 };
      } finally {
        transit.close();
        await file.discard();
      }
    },
  };
}

function toShownOffer(offer: Exclude<Offer, { message: string }>): CodeOffer {
  if ('file' in offer) {
    return { kind: 'file', name: toSafeFileName(offer.file.filename), size: offer.file.filesize, files: null };
  }
  const { dirname, zipsize, numfiles } = offer.directory;
  return { kind: 'folder', name: toSafeFileName(dirname), size: zipsize, files: numfiles };
}
