import { extname, join, normalize, sep } from 'node:path';
import { contentSecurityPolicy } from './content-security-policy.js';
import { isPageFile, isPreview } from './page-address.js';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

/** Answers the requests of the `app:` scheme: from one folder, and what the person looks at from the engine. Nothing else. */
export function createPageServer(deps: {
  readonly folder: string;
  readonly readFile: (path: string) => Promise<Uint8Array<ArrayBuffer>>;
  /** Gets addresses of previews alone. */
  readonly preview: (request: Request) => Promise<Response>;
}): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET') return new Response(null, { status: 405, headers });
    if (isPreview(request.url)) return deps.preview(request);
    const path = toFilePath(deps.folder, request.url);
    const mediaType = path && mediaTypes[extname(path)];
    if (!path || !mediaType) return new Response(null, { status: 404, headers });
    try {
      return new Response(await deps.readFile(path), { headers: { ...headers, 'content-type': mediaType } });
    } catch (error) {
      if (!isMissing(error)) throw error; // Electron fails the request; nothing of the disk's error reaches the page
      return new Response(null, { status: 404, headers });
    }
  };
}

/** Undefined for what is not a file below the folder. */
function toFilePath(folder: string, url: string): string | undefined {
  const name = isPageFile(url) ? decodePath(new URL(url).pathname) : undefined;
  if (name === undefined || /[\0\\:]/.test(name)) return undefined;
  const path = normalize(join(folder, name));
  return path.startsWith(folder + sep) ? path : undefined; // with the separator: "/page-evil" is not inside "/page"
}

/** Undefined for a broken percent-encoding. */
function decodePath(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined; // answered as a file that does not exist
  }
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
