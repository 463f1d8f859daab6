import { open, type FileHandle } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { securityHeaders } from './http-answer.js';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};
/** All that the build makes is named so. No separator, colon or dot-only name gets through, on any system. */
const segmentPattern = /^[\w@-][\w@.-]*$/;
/** The build puts a hash of the content in the names of this folder: what was once there never changes. */
const hashedFolder = 'assets';

/** Answers with a file of the built interface. Throws `not-found`; the answer is under way when it does not. */
export async function sendStaticFile(
  folder: string,
  pathname: string,
  method: 'GET' | 'HEAD',
  response: ServerResponse,
): Promise<void> {
  const segments = pathname === '/' ? ['index.html'] : pathname.slice(1).split('/');
  const type = contentTypes[extname(segments.at(-1) ?? '')];
  // Nothing is decoded: a name that needs an escape is none of ours.
  if (type === undefined || !segments.every((segment) => segmentPattern.test(segment)))
    throw new EnxameError('not-found');
  const handle = await openFile(join(folder, ...segments));
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new EnxameError('not-found');
    response.writeHead(200, {
      ...securityHeaders,
      'content-type': type,
      'content-length': stats.size,
      'cache-control': segments[0] === hashedFolder ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    if (method === 'HEAD') response.end();
    else await pipeline(handle.createReadStream({ autoClose: false }), response);
  } finally {
    await handle.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw new EnxameError('not-found');
    }
    throw error;
  }
}
