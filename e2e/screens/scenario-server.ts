import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import type { AddressInfo } from 'node:net';
import { createEngineHost, type EngineHost } from '@enxame/shared/engine/engine-host';
import { createWebSocketCarrier } from '@enxame/shared/engine/web-socket-carrier';
import { WebSocketServer } from 'ws';
import {
  createScenarioEngine,
  type ScenarioEngine,
  type ScenarioOptions,
} from '../../apps/desktop/src/renderer/testing/scenario-engine.js';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

/** As strict as the page must bear; a violation fails the test that watches the console. */
const policy =
  "default-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' ws: wss:; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const token = 'scenario-token';

export interface ScenarioServer {
  readonly url: string;
  readonly engine: ScenarioEngine;
  /** Ends every session and, until `start`, refuses new ones: the engine died. */
  readonly stop: () => void;
  readonly start: () => void;
  /** Names and bodies' lengths of what was uploaded. */
  readonly uploads: { readonly name: string; readonly bytes: number }[];
  close(): Promise<void>;
}

/** The built page over HTTP, and a scenario engine over a WebSocket, as `enxame serve` has them. */
export async function startScenarioServer(root: string, options: ScenarioOptions): Promise<ScenarioServer> {
  const engine = createScenarioEngine(options);
  const uploads: { name: string; bytes: number }[] = [];
  let host = createHost(engine);
  let running = true;
  const server = createServer((request, response) => {
    if (request.method === 'PUT') void receive(request, response, uploads);
    else if (!servePreview(engine, request, response)) void serve(root, request, response);
  });
  const sockets = new WebSocketServer({
    server,
    path: '/engine',
    handleProtocols: (protocols) => (protocols.has(`token.${token}`) ? 'enxame' : false),
  });
  sockets.on('connection', (socket, request) => {
    if (!running || !request.headers['sec-websocket-protocol']?.includes(`token.${token}`)) socket.close();
    else host.accept(createWebSocketCarrier(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const end = (): void => {
    running = false;
    host.close();
    for (const socket of sockets.clients) socket.terminate();
  };
  return {
    url: `http://127.0.0.1:${String(port)}/#token=${token}`,
    engine,
    uploads,
    stop: end,
    start: () => {
      host = createHost(engine);
      running = true;
    },
    close: async () => {
      end();
      sockets.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** As the engine does, without what a test of the page does not see: the whole, with its length. */
function servePreview(engine: ScenarioEngine, request: IncomingMessage, response: ServerResponse): boolean {
  const [, id] = /^\/preview\/([\w-]+)$/.exec(request.url ?? '') ?? [];
  if (id === undefined) return false;
  const preview = engine.previews.get(id);
  if (!preview) response.writeHead(404).end();
  else {
    const { mediaType, body } = preview;
    const length = Buffer.byteLength(body);
    response
      .writeHead(206, {
        'content-type': mediaType,
        'content-length': length,
        'content-range': `bytes 0-${String(length - 1)}/${String(length)}`,
        'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      })
      .end(body);
  }
  return true;
}

function createHost(engine: ScenarioEngine): EngineHost {
  const host = createEngineHost({
    handlers: engine.handlers,
    onInternal: (error, call) => {
      throw new Error(`the scenario engine failed in ${call}`, { cause: error });
    },
    onSessionEnd: () => undefined,
  });
  engine.broadcast = (event, payload) => {
    host.broadcast(event, payload);
  };
  return host;
}

async function serve(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const path = normalize(join(root, pathname === '/' ? 'index.html' : pathname));
  const found =
    path.startsWith(root + sep) &&
    (await stat(path).then(
      (stats) => stats.isFile(),
      () => false,
    ));
  if (!found) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'content-type': types[extname(path)] ?? 'application/octet-stream',
    'content-security-policy': policy,
  });
  createReadStream(path).pipe(response);
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  uploads: { name: string; bytes: number }[],
): Promise<void> {
  if (request.headers.authorization !== `Bearer ${token}`) {
    response
      .writeHead(401, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: { code: 'unauthorized' } }));
    return;
  }
  const name = decodeURIComponent((request.url ?? '').replace(/^\/uploads\//, ''));
  let bytes = 0;
  for await (const chunk of request) bytes += (chunk as Buffer).length;
  uploads.push({ name, bytes });
  response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ path: `/uploads/${name}` }));
}
