import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { CodeId, CodeOffer, CodeReceive } from '@enxame/shared/engine/code';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { toDiskError } from '@enxame/storage/disk-error';
import type { Code } from '@enxame/wormhole/codes/code';
import { fileTransferAppId, type Offer } from '@enxame/wormhole/file-transfer/messages';
import { receiveOffer, type ReceivedOffer } from '@enxame/wormhole/file-transfer/receive-offer';
import { enterCode } from '@enxame/wormhole/meet';
import { openTransit } from '@enxame/wormhole/transit/transit';
import type { Wormhole } from '@enxame/wormhole/wormhole';
import { giveFolderName } from '../collections/give-folder-name.js';
import { createRateMeter } from '../peer/rate-meter.js';
import { ownVersions, toHex, type CodeDeps } from './code-deps.js';
import type { Rendezvous } from './mailbox-url.js';
import { openReceivedFile } from './received-file.js';
import { unzipFolder } from './unzip-folder.js';

/** Something that comes under a code that was said here. Owns the connection and what is not whole yet. */
export interface RunningCodeReceive {
  readonly view: CodeReceive;
  /** Meets the sender. Resolves with the offer shown, or when it failed; never throws. */
  start(): Promise<void>;
  /** After `offered`: fetches it. Resolves when it began. Throws `not-found` when there is nothing to accept. */
  accept(folder: string): void;
  refuse(): Promise<void>;
  /** Stops it, whatever it does; nothing of it stays. Twice without harm. */
  close(): Promise<void>;
}

export function createCodeReceive(
  options: {
    readonly id: CodeId;
    readonly code: Code;
    readonly rendezvous: Rendezvous;
    readonly folder: string;
    readonly onChange: () => void;
  },
  deps: CodeDeps,
): RunningCodeReceive {
  const abort = new AbortController();
  const rate = createRateMeter(deps.now);
  let wormhole: Wormhole | undefined;
  let received: ReceivedOffer | undefined;
  let work: Promise<void> = Promise.resolve();
  let view: CodeReceive = {
    id: options.id,
    state: 'connecting',
    code: options.code.text,
    verifier: null,
    personName: null,
    way: null,
    transferId: null,
    offer: null,
    text: null,
    folder: options.folder,
    freeBytes: null,
    bytesDone: 0,
    bytesPerSecond: 0,
    path: null,
    savedAs: null,
    sha256: null,
    error: null,
  };

  function update(change: Partial<CodeReceive>): void {
    view = { ...view, ...change };
    options.onChange();
  }

  function fail(thrown: unknown): void {
    if (!(thrown instanceof EnxameError)) deps.logger.error({ err: thrown }, 'receiving by code failed');
    update({ state: 'failed', error: toErrorInfo(thrown) });
  }

  async function meet(): Promise<void> {
    wormhole = await enterCode({
      url: options.rendezvous.url,
      appId: fileTransferAppId,
      versions: ownVersions,
      randomBytes: deps.randomBytes,
      random: deps.random,
      signal: abort.signal,
      code: options.code,
    });
    received = await receiveOffer(wormhole);
    const { offer } = received;
    const isText = 'message' in offer;
    if (isText) received.acknowledgeText();
    update({
      state: isText ? 'received' : 'offered',
      way: isText ? null : 'plain',
      verifier: toHex(wormhole.verifier),
      offer: toShownOffer(offer),
      text: isText ? offer.message : null,
      freeBytes: await freeBytesOf(options.folder),
    });
    if (isText) await wormhole.close();
  }

  async function fetch(accepted: ReceivedOffer, key: Uint8Array, folder: string): Promise<void> {
    const { offer } = accepted;
    if ('message' in offer) return;
    const isFile = 'file' in offer;
    const size = isFile ? offer.file.filesize : offer.directory.zipsize;
    const name = isFile ? offer.file.filename : `${offer.directory.dirname}.zip`;
    const file = await openReceivedFile({ folder, name, id: options.id }, size);
    const transit = await openTransit({
      role: 'receiver',
      transitKey: key,
      hosts: deps.hosts(),
      relays: options.rendezvous.relays,
      side: toHex(deps.randomBytes(8)),
      signal: abort.signal,
    });
    try {
      const { sha256 } = await accepted.accept({
        transit,
        onPath: (path) => {
          update({ path });
        },
        write: async (chunk) => {
          await file.write(chunk);
          rate.add(chunk.length);
          update({ bytesDone: view.bytesDone + chunk.length });
        },
        // The sender hears that it arrived when it has its name here, and not before.
        finish: async () => {
          const path = await file.finish();
          const savedAs = isFile ? path : await unpack(path, folder, offer.directory);
          update({ savedAs });
        },
      });
      update({ state: 'received', sha256 });
    } finally {
      transit.close();
      await file.discard();
    }
  }

  async function unpack(
    zip: string,
    folder: string,
    offered: Extract<Offer, { directory: unknown }>['directory'],
  ): Promise<string> {
    const part = join(folder, `${toSafeFileName(offered.dirname)}.${options.id.slice(0, 8)}.part`);
    try {
      await mkdir(part);
      await unzipFolder(zip, part, { bytes: offered.numbytes, files: offered.numfiles });
      return await giveFolderName(part, { folder, name: offered.dirname });
    } catch (error) {
      await rm(part, { recursive: true, force: true });
      throw error instanceof EnxameError ? error : toDiskError(error, folder);
    } finally {
      await rm(zip, { force: true });
    }
  }

  return {
    get view() {
      return { ...view, bytesPerSecond: view.state === 'moving' ? rate.bytesPerSecond() : 0 };
    },
    start: async () => {
      try {
        await meet();
      } catch (error) {
        await wormhole?.close();
        fail(error);
      }
    },
    accept: (folder) => {
      if (view.state !== 'offered' || !received || !wormhole) throw new EnxameError('not-found');
      update({ state: 'moving', folder });
      const open = wormhole;
      work = fetch(received, open.transitKey, folder)
        .catch(fail)
        .finally(() => open.close());
    },
    refuse: async () => {
      if (view.state !== 'offered') return;
      received?.refuse();
      update({ state: 'refused' });
      await wormhole?.close();
    },
    close: async () => {
      abort.abort();
      await work;
      await wormhole?.close();
    },
  };
}

function toShownOffer(offer: Offer): CodeOffer {
  if ('message' in offer) return { kind: 'text', name: '', size: Buffer.byteLength(offer.message), files: null };
  if ('file' in offer) {
    return { kind: 'file', name: toSafeFileName(offer.file.filename), size: offer.file.filesize, files: null };
  }
  const { dirname, zipsize, numfiles } = offer.directory;
  return { kind: 'folder', name: toSafeFileName(dirname), size: zipsize, files: numfiles };
}

/** Null while the folder is not there: it is made when something is accepted. */
async function freeBytesOf(folder: string): Promise<number | null> {
  try {
    const disk = await statfs(folder);
    return disk.bavail * disk.bsize;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw toDiskError(error, folder);
  }
}
