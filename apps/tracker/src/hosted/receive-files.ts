import type { Readable } from 'node:stream';
import { createStallWatch } from '@enxame/engine/peer/stall-watch';
import { pieceBytesFor } from '@enxame/shared/content/piece-size';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { removeFile } from '@enxame/storage/durable-file';
import type { Request, Response } from 'express';
import multer, { MulterError, type StorageEngine } from 'multer';
import type { UploadWriter, UploadWriters, WrittenUpload } from './upload-writers.js';

/** One request brings at most so many files; a folder comes in several. */
export const maxFilesPerUpload = 100;
/** Who brings less than this in half a minute holds a file open for nothing. */
const stall = { stretchMs: 30_000, minBytes: 16 * 1024 } as const;

/** A file that came in whole: flushed, and still without a name. */
export interface ReceivedFile extends WrittenUpload {
  readonly path: string;
  readonly name: string;
}

/**
 * Takes the files of a multipart request to disk, hashed on the way. Nothing of them is left when it throws:
 * `upload-incomplete` when the other side left, `bad-request` for what is no such body, `timed-out`, what `admit` throws.
 */
export async function receiveFiles(
  { request, response }: { readonly request: Request; readonly response: Response },
  deps: {
    readonly field: string;
    readonly writers: UploadWriters;
    readonly newPath: () => string;
    /** So many bytes of files have come. Resolves when there is room for them. */
    readonly admit: (bytes: number) => Promise<void>;
  },
): Promise<ReceivedFile[]> {
  const received: ReceivedFile[] = [];
  const open = new Map<string, UploadWriter>();
  const expected = Number(request.headers['content-length'] ?? 0);
  let bytes = 0;
  let stop: (error: Error) => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = reject;
  });
  const watch = createStallWatch({ ...stall, onStalled: () => { stop(new EnxameError('timed-out')); } }); // prettier-ignore
  const leave = (): void => {
    if (!request.complete) stop(new EnxameError('upload-incomplete'));
  };

  async function takeFile(stream: Readable, name: string): Promise<void> {
    const path = deps.newPath();
    const writer = deps.writers.open(path, pieceBytesFor(expected));
    open.set(path, writer);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      watch.received(chunk.length);
      await deps.admit(bytes);
      await writer.write(chunk);
    }
    received.push({ ...(await writer.finish()), path, name });
  }

  const storage: StorageEngine = {
    _handleFile: (_request, file, callback) => {
      takeFile(file.stream, file.originalname).then(
        () => {
          callback(null, {});
        },
        (error: unknown) => {
          stop(error instanceof Error ? error : new Error(String(error)));
          callback(error);
        },
      );
    },
    // What came in is dropped as a whole, below.
    _removeFile: (_request, _file, callback) => {
      callback(null);
    },
  };
  const parse = multer({
    storage,
    defParamCharset: 'utf8', // else a name that is not ASCII arrives broken
    limits: { files: maxFilesPerUpload, fields: 16, fieldSize: 1024, parts: maxFilesPerUpload + 16, headerPairs: 20 },
  }).array(deps.field, maxFilesPerUpload);

  request.once('close', leave);
  watch.begin();
  try {
    const parsed = new Promise<void>((resolve, reject) => {
      void parse(request, response, (error: unknown) => {
        if (error === undefined || error === null) resolve();
        else reject(toUploadError(error, request));
      });
    });
    parsed.catch(() => undefined); // `stopped` may have been first; what it says counts
    await Promise.race([parsed, stopped]);
    if (received.length === 0) throw new EnxameError('bad-request', { where: `files.${deps.field}` });
    return received;
  } catch (error) {
    request.unpipe();
    for (const [path, writer] of open) {
      await writer.drop();
      await removeFile(path); // of one that was whole already
    }
    throw error;
  } finally {
    request.off('close', leave);
    stopped.catch(() => undefined);
    watch.end();
  }
}

function toUploadError(error: unknown, request: Request): Error {
  if (error instanceof EnxameError) return error;
  if (!request.complete) return new EnxameError('upload-incomplete', undefined, { cause: error });
  if (error instanceof MulterError) return new EnxameError('bad-request', { where: error.code }, { cause: error });
  return new EnxameError('bad-request', { where: 'body' }, { cause: error });
}
