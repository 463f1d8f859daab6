import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodeManifest } from '@enxame/shared/content/manifest';
import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { toHttpStatus } from '@enxame/shared/errors/http-status';
import { contentIdSchema, type ContentId } from '@enxame/shared/ids';
import { maxReceiptBytes } from '@enxame/shared/peer/receipt';
import { maxSwarmReportBytes } from '@enxame/shared/peer/swarm';
import type { Logger } from 'pino';
import { answerHave } from './answer-have.js';
import { answerPack } from './answer-pack.js';
import { collectionHeader } from './authority.js';
import { parseRange, type ByteRange } from './byte-range.js';
import { clientDevice } from './client-device.js';
import type { ContentAccess, OpenContent, PeerClaims } from './content-access.js';
import { sendFile } from './send-file.js';
import type { Upload, Uploads } from '../queue/uploads.js';
import type { ReceiptDesk } from '../receipts/receipt-desk.js';
import type { ProbeDesk } from './probe-desk.js';
import type { SwarmDesk } from './swarm-desk.js';
import { readDocument } from './read-document.js';

export interface Answering extends ContentAccess {
  readonly uploads: Uploads;
  readonly receipts: ReceiptDesk;
  /** Where receivers of a code meet; without it nobody sends by codes from here. */
  readonly swarm?: SwarmDesk;
  /** Without it nobody measures how fast this device sends. */
  readonly probes?: ProbeDesk;
  readonly logger: Logger;
}

/** Answers one request of a peer; never throws. A refusal is `{"error":{"code"}}` with the status of the code. */
export async function answerRequest(
  deps: Answering,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await answer(deps, request, response);
  } catch (error) {
    if (response.headersSent || response.destroyed) {
      // Too late for a status: cutting the connection is how HTTP says that the body is not whole.
      response.destroy();
      return;
    }
    const info = toErrorInfo(error);
    if (info.code === 'internal') deps.logger.error({ err: error }, 'peer request failed');
    // Of the parameters only a place in the queue is meant for others.
    const said = info.code === 'source-busy' ? info : { code: info.code };
    const body = Buffer.from(JSON.stringify({ error: said }));
    response.writeHead(toHttpStatus(info.code), { 'content-type': 'application/json', 'content-length': body.length });
    await endResponse(response, body);
  }
}

const contentPathPattern = /^\/v1\/content\/([a-z2-7]{52})(\/manifest|\/have|\/probe|\/receipt|\/swarm)?$/;

const packPathPattern = /^\/v1\/collection\/([a-z2-7]{52})\/pack\?files=([\d,-]*)$/;

async function answer(deps: Answering, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, packed, ranges = ''] = packPathPattern.exec(request.url ?? '') ?? [];
  if (packed !== undefined) {
    await sendPack(deps, request, response, packed, ranges);
    return;
  }
  const [, id, document] = contentPathPattern.exec(request.url ?? '') ?? [];
  if (id === undefined) throw new EnxameError('not-found');
  const methods = document === '/receipt' || document === '/swarm' ? ['POST'] : ['GET', 'HEAD'];
  if (!methods.includes(request.method ?? '')) throw new EnxameError('not-supported');
  const contentId = parseId(id);
  // A member of a collection is asked for by the ticket of the collection.
  const collection = request.headers[collectionHeader];
  const collectionId = typeof collection === 'string' ? parseId(collection) : undefined;
  const claims = await checkClaims(deps, request, collectionId ?? contentId);

  if (document === '/receipt') {
    await deps.receipts.take(contentId, await readDocument(request, maxReceiptBytes), claims);
    response.writeHead(200, { 'content-length': 0 });
    await endResponse(response);
    return;
  }

  if (document === '/probe') {
    if (!deps.probes || request.method !== 'GET') throw new EnxameError('not-supported');
    await deps.probes.send(response, claims);
    await endResponse(response);
    return;
  }

  if (document === '/swarm') {
    if (!deps.swarm) throw new EnxameError('not-supported');
    const reply = deps.swarm.report(contentId, await readDocument(request, maxSwarmReportBytes), claims);
    const body = Buffer.from(JSON.stringify(reply));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    await endResponse(response, body);
    return;
  }

  const content = await deps.openContent(contentId, collectionId);
  try {
    if (document === '/manifest') await sendManifest(request, response, content);
    else if (document === '/have') await endResponse(response, answerHave(request, response, content));
    else await sendContent(deps, request, response, content, contentId, claims);
  } finally {
    await content.handle.close();
  }
}

function parseId(id: string): ContentId {
  const parsed = contentIdSchema.safeParse(id);
  if (!parsed.success) throw new EnxameError('not-found');
  return parsed.data;
}

async function checkClaims(deps: Answering, request: IncomingMessage, contentId: ContentId): Promise<PeerClaims> {
  const deviceId = clientDevice(request.socket);
  const ticket = /^Bearer (\S{1,1024})$/.exec(request.headers.authorization ?? '')?.[1];
  if (ticket === undefined) throw new EnxameError('unauthorized');
  return deps.checkTicket(ticket, deviceId, contentId);
}

async function sendPack(
  deps: Answering,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  ranges: string,
): Promise<void> {
  if (request.method !== 'GET') throw new EnxameError('not-supported');
  const collectionId = parseId(id);
  const claims = await checkClaims(deps, request, collectionId);
  await answerPack(deps, response, deps.openPack(collectionId), { collectionId, ranges, claims });
  await endResponse(response);
}

async function sendManifest(request: IncomingMessage, response: ServerResponse, content: OpenContent): Promise<void> {
  const bytes = encodeManifest(await content.manifest());
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length });
  await endResponse(response, request.method === 'HEAD' ? undefined : bytes);
}

async function sendContent(
  deps: Answering,
  request: IncomingMessage,
  response: ServerResponse,
  content: OpenContent,
  contentId: ContentId,
  claims: PeerClaims,
): Promise<void> {
  const range = parseRange(request.headers.range, content.size);
  if (range === null) {
    response.writeHead(416, { 'content-range': `bytes */${String(content.size)}`, 'content-length': 0 });
    await endResponse(response);
    return;
  }
  const part: ByteRange = range ?? { start: 0, end: content.size };
  if (content.held?.hasRange(part) === false) throw new EnxameError('piece-not-here');
  const { sub: deviceId, name: userName } = claims;
  const { size, partOf } = content;
  const target = { deviceId, userName, ...(partOf ?? { contentId, name: content.name, size, files: null }) };
  const isEnd = part.end === size && partOf?.isLast !== false;
  const upload =
    request.method === 'HEAD'
      ? undefined
      : deps.uploads.begin(target, isEnd ? target.size : Math.min(part.end, target.size - 1));
  let isWhole = false;
  try {
    response.writeHead(range ? 206 : 200, {
      'content-type': 'application/octet-stream',
      'content-length': part.end - part.start,
      'accept-ranges': 'bytes',
      etag: `"${contentId}"`,
      ...(range && { 'content-range': `bytes ${String(part.start)}-${String(part.end - 1)}/${String(content.size)}` }),
    });
    if (upload) await sendBytes(response, content, part, upload);
    isWhole = true;
    await endResponse(response);
  } finally {
    upload?.end(isWhole);
  }
}

async function sendBytes(
  response: ServerResponse,
  { handle, given }: OpenContent,
  part: ByteRange,
  { sent, rate }: Upload,
): Promise<void> {
  const giving = given?.begin(part);
  let bytesSent = 0;
  try {
    const onSent = (bytes: number): void => {
      bytesSent += bytes;
      sent(bytes);
    };
    await sendFile(handle, part, response, onSent, rate);
  } finally {
    giving?.end(bytesSent);
  }
}

/** Resolves when the answer was handed to the system, or when the other side has left. */
function endResponse(response: ServerResponse, body?: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    // Neither 'close' nor the callback of `end` comes again once the connection is gone.
    if (response.destroyed || response.closed) {
      resolve();
      return;
    }
    response.once('close', resolve);
    response.end(body, () => {
      resolve();
    });
  });
}
