import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import WebSocket from 'ws';
import type { Carrier } from '@enxame/shared/engine/carrier';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { createWebServer, type WebServer, type WebServerOptions } from '../web-server.js';

export interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Buffer | string;
}

/** A web server over folders of its own, and a client that sends what a browser never would. */
export interface TestWeb {
  readonly folder: string;
  readonly options: WebServerOptions;
  readonly server: WebServer;
  readonly token: string;
  /** The engine's ends of the carriers; each sends back what it gets. */
  readonly accepted: readonly Carrier[];
  send(path: string, what?: Ask): ClientRequest;
  ask(path: string, what?: Ask): Promise<Answer>;
  upload(name: string, body: Buffer | string, headers?: Record<string, string>): Promise<Answer>;
  /** The names in the upload folder. */
  uploaded(): Promise<string[]>;
  /** The status that refuses a WebSocket. */
  dialStatus(protocols: string[], headers?: Record<string, string>, path?: string): Promise<number | undefined>;
  dispose(): Promise<void>;
}

export async function createTestWeb(): Promise<TestWeb> {
  const folder = await mkdtemp(join(tmpdir(), 'enxame-web-'));
  const uiFolder = join(folder, 'ui');
  await mkdir(join(uiFolder, 'assets'), { recursive: true });
  await writeFile(join(uiFolder, 'index.html'), '<!doctype html><title>Enxame</title>');
  await writeFile(join(uiFolder, 'assets', 'main-Ab_1-x.js'), 'export {};');
  await writeFile(join(folder, 'secret.js'), 'outside');
  const accepted: Carrier[] = [];
  const accept = (carrier: Carrier): void => {
    accepted.push(carrier);
    carrier.onFrame((frame) => {
      carrier.send(frame);
    });
  };
  const answerPreview = (): Promise<void> => Promise.reject(new EnxameError('not-found'));
  const logger = pino({ level: 'silent' });
  const options = {
    dataFolder: join(folder, 'data'),
    uiFolder,
    port: 0,
    exactPort: true,
    accept,
    answerPreview,
    logger,
  };
  await mkdir(options.dataFolder);
  const server = await createWebServer(options);
  const token = new URL(server.url).hash.slice('#token='.length);

  // `fetch` would tidy the path and refuse to set Host: this sends what it is told.
  const send = (path: string, { method = 'GET', headers }: Ask = {}): ClientRequest =>
    httpRequest({ port: server.port, host: '127.0.0.1', path, method, headers });
  const ask = async (path: string, what: Ask = {}): Promise<Answer> => {
    const request = send(path, what);
    const response = once(request, 'response') as Promise<[IncomingMessage]>;
    request.end(what.body);
    const [message] = await response;
    return { status: message.statusCode, headers: message.headers, body: await text(message) };
  };

  return {
    folder,
    options,
    server,
    token,
    accepted,
    send,
    ask,
    upload: (name, body, headers = {}) =>
      ask(`/uploads/${name}`, { method: 'PUT', body, headers: { authorization: `Bearer ${token}`, ...headers } }),
    uploaded: () => readdir(join(options.dataFolder, 'uploads')),
    dialStatus: async (protocols, headers = {}, path = '/engine') => {
      const socket = new WebSocket(`ws://127.0.0.1:${String(server.port)}${path}`, protocols, { headers });
      const [, response] = (await once(socket, 'unexpected-response')) as [ClientRequest, IncomingMessage];
      response.resume();
      return response.statusCode;
    },
    dispose: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
