import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** The kinds of files that a build makes; another one is not served. */
const types: Readonly<Record<string, { readonly type: string; readonly isText: boolean }>> = {
  '.html': { type: 'text/html; charset=utf-8', isText: true },
  '.js': { type: 'text/javascript; charset=utf-8', isText: true },
  '.css': { type: 'text/css; charset=utf-8', isText: true },
  '.svg': { type: 'image/svg+xml', isText: true },
  '.woff2': { type: 'font/woff2', isText: false },
};

export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
  /** Undefined for what is compressed already. */
  readonly gzipped: Buffer | undefined;
  readonly etag: string;
}

/**
 * All files below a folder of built pages, by their path with `/`. They are read once, some two megabytes with the fonts,
 * so that what is served is one build, and no request becomes a path on the disk.
 */
export async function readPageFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const kind = types[extname(entry.name)];
        if (!kind) return [];
        const path = join(entry.parentPath, entry.name);
        return [
          [
            path
              .slice(folder.length + 1)
              .split(sep)
              .join('/'),
            await toPageFile(await readFile(path), kind),
          ] as const,
        ];
      }),
  );
  return new Map(files.flat());
}

export async function toPageFile(body: Buffer, { type, isText }: { type: string; isText: boolean }): Promise<PageFile> {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { type, body, gzipped: isText ? await promisify(gzip)(body) : undefined, etag };
}
