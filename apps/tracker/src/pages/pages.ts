import { isErrorWithCode, EnxameError } from '@enxame/shared/errors/enxame-error';
import { toHttpStatus } from '@enxame/shared/errors/http-status';
import { pickLanguage } from '@enxame/shared/language';
import { linkIdSchema, type LinkId, type LinkPage } from '@enxame/shared/tracker/link';
import { Router, type Request, type Response } from 'express';
import { fillPage, toLinkHead, toNetworkHead, type PageHead } from './page-head.js';
import { readPageFiles, toPageFile, type PageFile } from './page-files.js';

/**
 * What the pages may do: run and show what this tracker serves, speak to it, and nothing else. No inline script, no
 * inline style, no frame. A picture or a film behind a link is from here too. (W2)
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What a build names by its hash never changes under that name. */
const immutable = 'public, max-age=31536000, immutable';

export interface PagesDeps {
  /** Of the built pages; undefined: there are none, and `/` says so. */
  readonly folder: string | undefined;
  /** Of the network. */
  readonly name: string;
  /** Throws `link-ended`, `not-found`. */
  readonly readLink: (id: LinkId) => LinkPage | Promise<LinkPage>;
}

/** The pages that the tracker serves to browsers: the interface at `/`, and what is behind a link at `/f/:id`. */
export async function openPages({ folder, name, readLink }: PagesDeps): Promise<Router> {
  const router = Router({ caseSensitive: true, strict: true });
  if (folder === undefined) {
    router.get(['/', '/f/:id'], (_request, response) => {
      response.status(503).type('text/plain').send(notBuilt(name));
    });
    return router;
  }
  const files = await readPageFiles(folder);
  const template = (path: string): string => {
    const file = files.get(path);
    if (!file) throw new EnxameError('path-not-found', { path: `${folder}/${path}` });
    return file.body.toString();
  };
  const [index, link] = [template('index.html'), template('link.html')];

  async function sendPage(request: Request, response: Response, html: string, toHead: ToHead): Promise<void> {
    const language = pickLanguage(request.acceptsLanguages());
    const { status, head } = toHead(language);
    const body = Buffer.from(fillPage(html, head, { language, network: name }));
    response.set({ 'content-security-policy': policy, 'cache-control': 'no-cache', vary: 'accept-language' });
    response.status(status);
    send(request, response, await toPageFile(body, { type: 'text/html; charset=utf-8', isText: true }));
  }

  router.get('/', (request, response) =>
    sendPage(request, response, index, (language) => ({ status: 200, head: toNetworkHead(name, language) })),
  );
  router.get('/f/:id', async (request, response) => {
    const found = await findLink(readLink, request.params.id);
    await sendPage(request, response, link, (language) => ({
      status: found.status,
      head: toLinkHead(found.link, language),
    }));
  });
  router.get('/assets/:name', (request, response, next) => {
    const file = files.get(`assets/${request.params.name}`);
    if (!file) {
      next();
      return;
    }
    response.set({ 'cache-control': immutable, 'content-security-policy': "default-src 'none'" });
    send(request, response, file);
  });
  return router;
}

type ToHead = (language: ReturnType<typeof pickLanguage>) => { readonly status: number; readonly head: PageHead };

async function findLink(
  readLink: PagesDeps['readLink'],
  text: string,
): Promise<{ readonly status: number; readonly link: LinkPage | null }> {
  const id = linkIdSchema.safeParse(text);
  if (!id.success) return { status: 404, link: null };
  try {
    return { status: 200, link: await readLink(id.data) };
  } catch (error) {
    if (isErrorWithCode(error, 'link-ended', 'not-found')) return { status: toHttpStatus(error.code), link: null };
    throw error;
  }
}

function send(request: Request, response: Response, { type, body, gzipped, etag }: PageFile): void {
  response.set({ 'content-type': type, etag });
  if (gzipped) response.vary('accept-encoding');
  if (response.statusCode === 200 && request.headers['if-none-match'] === etag) {
    response.status(304).end();
    return;
  }
  const isGzipped = gzipped !== undefined && request.acceptsEncodings('gzip') === 'gzip';
  if (isGzipped) response.set('content-encoding', 'gzip');
  response.end(isGzipped ? gzipped : body);
}

function notBuilt(name: string): string {
  return [
    `This is the tracker of “${name}”. Its web pages are not built: run “npm run build” in its folder and start it again.`,
    `Este é o tracker de “${name}”. As páginas web não foram construídas: rode “npm run build” na pasta dele e inicie de novo.`,
    '',
  ].join('\n');
}
