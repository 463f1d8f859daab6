import { Readable } from 'node:stream';
import { pieceCountFor } from '@enxame/shared/content/piece-size';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { create as createDisposition } from 'content-disposition';
import { ZipFile } from 'yazl';
import type { FolderContents } from '../hosted/folder-contents.js';
import type { SourceReader } from '../hosted/source-reader.js';
import type { ApiCall } from './api-handlers.js';
import type { Sent } from './send-content.js';

/**
 * Sends a folder as one zip, stored, each file verified before it goes in. A file that cannot be had cuts the
 * connection: a zip that ends early is no zip. Undefined for HEAD. (H36)
 */
export async function sendZip(
  { request, response }: Pick<ApiCall, 'request' | 'response'>,
  folder: FolderContents,
  name: string,
): Promise<Sent | undefined> {
  const { collection } = folder;
  const zip = new ZipFile();
  const failed = new Promise<never>((_, reject) => {
    zip.on('error', reject);
  });
  for (let index = 0; index < collection.count; index++) {
    const path = collection.path(index);
    if (!collection.isFile(index)) zip.addEmptyDirectory(path);
    else {
      const { reader, size } = folder.read(index);
      zip.addReadStreamLazy(path, { compress: false, size }, (give) => {
        give(null, Readable.from(readPieces(reader, size), { objectMode: false }));
      });
    }
  }
  const total = new Promise<number>((resolve) => {
    // It is called with the size, whatever its type says.
    zip.end(undefined, (...[bytes]: readonly unknown[]) => {
      resolve(Number(bytes));
    });
  });
  const length = await Promise.race([total, failed]);
  response.set({
    'content-type': 'application/zip',
    'content-disposition': createDisposition(`${name}.zip`),
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, no-cache',
  });
  if (length >= 0) response.set('content-length', String(length));
  if (request.method === 'HEAD') {
    response.end();
    return undefined;
  }
  let bytes = 0;
  const send = async (): Promise<void> => {
    for await (const chunk of zip.outputStream as AsyncIterable<Buffer>) {
      if (response.destroyed) throw new EnxameError('cancelled');
      bytes += chunk.length;
      if (!response.write(chunk)) await drained(response);
    }
    await new Promise<void>((resolve) => response.end(resolve));
  };
  try {
    await Promise.race([send(), failed]);
  } catch (error) {
    if (!response.headersSent) throw error;
    response.destroy();
    if (!(error instanceof EnxameError)) throw error;
    return { bytes, isComplete: false, isFromStart: true };
  }
  return { bytes, isComplete: true, isFromStart: true };
}

async function* readPieces(reader: SourceReader, size: number): AsyncGenerator<Buffer> {
  for (let index = 0; index < pieceCountFor(size); index++) yield await reader.piece(index);
}

function drained(response: ApiCall['response']): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      response.off('drain', handleDrain).off('close', handleClose);
    };
    const handleDrain = (): void => {
      leave();
      resolve();
    };
    const handleClose = (): void => {
      leave();
      reject(new EnxameError('cancelled'));
    };
    response.on('drain', handleDrain).on('close', handleClose);
  });
}
