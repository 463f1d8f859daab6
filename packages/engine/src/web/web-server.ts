import { access } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Carrier } from '@enxame/shared/engine/carrier';
import { previewPath } from '@enxame/shared/engine/preview-calls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Logger } from 'pino';
import type { Engine } from '../engine-options.js';
import { createEngineDoor } from './engine-door.js';
import { writeError } from './http-answer.js';
import { listenOnPort } from './listen-port.js';
import { checkHostAndOrigin } from './request-guard.js';
import { sendStaticFile } from './static-files.js';
import { createUploadDoor } from './upload-door.js';
import { openUploadFolder, uploadFolderName } from './upload-folder.js';
import { openWebToken } from './web-token.js';

export const webPort = 7668;
/** Only this computer: whoever holds the token reads its files. */
const host = '127.0.0.1';
const headersTimeoutMs = 10_000;
/** A connection that moves nothing for so long is over: an upload from a computer that went to sleep, too. */
const idleTimeoutMs = 60_000;
/** Six of each of some browsers, and their WebSockets. */
const maxConnections = 256;
const uploadsPath = '/uploads/';

export interface WebServerOptions {
  readonly dataFolder: string;
  /** The built interface. `folder-missing` when it was not built. */
  readonly uiFolder: string;
  readonly port: number;
  /** Whether no other port will do: `port-taken`. */
  readonly exactPort: boolean;
  readonly accept: (carrier: Carrier) => void;
  /** What pages look at. */
  readonly answerPreview: Engine['answerPreview'];
  readonly logger: Logger;
}

export interface WebServer {
  readonly port: number;
  /** The address of the interface, with its token. */
  readonly url: string;
  /** Ends every page and upload; nothing of an unfinished one is left. Twice without harm. */
  close(): Promise<void>;
}

/** The interface for browsers of this computer: the page, its way to the engine, and the door for files it sends. */
export async function createWebServer(options: WebServerOptions): Promise<WebServer> {
  const { dataFolder, uiFolder, logger } = options;
  await checkBuilt(uiFolder);
  const token = await openWebToken(dataFolder);
  const onInternal = (error: unknown): void => {
    logger.error({ err: error }, 'web interface failed');
  };
  const uploads = createUploadDoor({
    folder: await openUploadFolder(join(dataFolder, uploadFolderName)),
    token,
    onInternal,
  });
  const engineDoor = createEngineDoor({ token, accept: options.accept });
  // No deadline for a whole request: an upload takes what it takes. The idle deadline below ends the stuck ones.
  const server = createServer({ headersTimeout: headersTimeoutMs, requestTimeout: 0, keepAliveTimeout: 5000 });
  server.timeout = idleTimeoutMs;
  server.maxConnections = maxConnections;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    checkHostAndOrigin(request.headers, port);
    const pathname = (request.url ?? '').split(/[?#]/, 1)[0] ?? '';
    const name = pathname.startsWith(uploadsPath) ? pathname.slice(uploadsPath.length) : '';
    const { method } = request;
    if (method === 'PUT' && name !== '') uploads.handle(request, response, name);
    else if (pathname.startsWith(previewPath)) await options.answerPreview(request, response);
    else if (method === 'GET' || method === 'HEAD') await sendStaticFile(uiFolder, pathname, method, response);
    else throw new EnxameError('not-supported');
  }

  server.on('request', (request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) {
        response.destroy(); // the page left, or the file could not be read to its end
        return;
      }
      if (!(error instanceof EnxameError)) onInternal(error);
      response.setHeader('connection', 'close');
      writeError(response, error);
      response.end();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    engineDoor.handleUpgrade(request, socket, head, port);
  });
  const port = await listenOnPort(server, host, options.port, options.exactPort);

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
    engineDoor.close();
    server.closeAllConnections();
    await Promise.all([closed, uploads.idle()]);
  };
  return { port, url: `http://${host}:${String(port)}/#token=${token}`, close: () => (closing ??= close()) };
}

async function checkBuilt(uiFolder: string): Promise<void> {
  try {
    await access(join(uiFolder, 'index.html'));
  } catch (error) {
    throw new EnxameError('folder-missing', { folder: uiFolder }, { cause: error });
  }
}
