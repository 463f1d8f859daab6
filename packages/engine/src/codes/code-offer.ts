import { createReadStream } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { CodeOffer } from '@enxame/shared/engine/code';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import type { Offer } from '@enxame/wormhole/file-transfer/messages';
import type { OfferedBytes } from '@enxame/wormhole/file-transfer/send-offer';
import { createZipOffer } from './zip-offer.js';

/** What waits under a code: as people see it, as it is said to the other side, and where its bytes come from. */
export type PreparedOffer = { readonly shown: CodeOffer } & (
  | { readonly text: string }
  | {
      readonly wire: Exclude<Offer, { message: string }>;
      readonly bytes: OfferedBytes;
      /** From which another Enxame fetches by the peer protocol. */
      readonly paths: readonly string[];
    }
);

const readBytes = 256 * 1024;

export function prepareText(text: string): PreparedOffer {
  return { shown: { kind: 'text', name: '', size: Buffer.byteLength(text), files: null }, text };
}

/**
 * One file goes as it is; a folder, or several things, as one zip. Throws `path-not-found`, `path-not-a-file`, `path-is-a-link`,
 * `folder-empty`, `too-large`.
 */
export async function preparePaths(paths: readonly string[]): Promise<PreparedOffer> {
  const [first] = paths;
  if (first === undefined) throw new EnxameError('bad-request');
  const stats = await lookAt(first);
  const name = toSafeFileName(basename(resolve(first)));
  if (paths.length === 1 && stats.isFile()) {
    const size = stats.size;
    return {
      paths,
      shown: { kind: 'file', name, size, files: null },
      wire: { file: { filename: name, filesize: size } },
      bytes: { size, read: () => createReadStream(first, { highWaterMark: readBytes }) as AsyncIterable<Uint8Array> },
    };
  }
  for (const path of paths) await lookAt(path);
  const zip = await createZipOffer(paths);
  return {
    paths,
    // What the files hold; a program that gets them as a zip is told the size of that.
    shown: { kind: 'folder', name, size: zip.contentBytes, files: zip.files },
    wire: {
      directory: {
        mode: 'zipfile/deflated',
        dirname: name,
        zipsize: zip.size,
        numbytes: zip.contentBytes,
        numfiles: zip.files,
      },
    },
    bytes: zip,
  };
}

async function lookAt(path: string) {
  let stats;
  try {
    stats = await lstat(path);
  } catch (error) {
    const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new EnxameError(isGone ? 'path-not-found' : 'path-unreadable', { path }, { cause: error });
  }
  if (stats.isSymbolicLink()) throw new EnxameError('path-is-a-link', { path });
  if (!stats.isFile() && !stats.isDirectory()) throw new EnxameError('path-not-a-file', { path });
  return stats;
}
