import type { IncomingMessage, ServerResponse } from 'node:http';
import { maxContentBytes } from '@enxame/shared/content/piece-size';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { writeError, writeJson } from './http-answer.js';
import type { UploadFolder } from './upload-folder.js';
import { isSameToken } from './web-token.js';

/** A browser opens six connections to one host; more at once is no browser. */
const maxUploads = 16;
/** How long a body that nobody wants is read on, so that its sender, who listens last, still hears the answer. */
const drainMs = 10_000;

export interface UploadDoor {
  /** `PUT /uploads/:name` with the bytes as body; answers `{"path"}` or `{"error"}`. */
  handle(request: IncomingMessage, response: ServerResponse, encodedName: string): void;
  /** Resolves when no upload is under way any more; the caller has ended their connections. */
  idle(): Promise<void>;
}

export function createUploadDoor(deps: {
  readonly folder: UploadFolder;
  readonly token: string;
  readonly onInternal: (error: unknown) => void;
}): UploadDoor {
  const underWay = new Set<Promise<void>>();

  async function receive(request: IncomingMessage, response: ServerResponse, encodedName: string): Promise<void> {
    try {
      const guess = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
      if (!isSameToken(deps.token, guess)) throw new EnxameError('unauthorized');
      if (underWay.size >= maxUploads) throw new EnxameError('rate-limited');
      const bytes =
        request.headers['content-length'] === undefined ? undefined : Number(request.headers['content-length']);
      if ((bytes ?? 0) > maxContentBytes) throw new EnxameError('too-large');
      const path = await deps.folder.receive(decodeName(encodedName), bodyOf(request), bytes);
      writeJson(response, 200, { path });
      response.end();
    } catch (error) {
      if (!(error instanceof EnxameError)) deps.onInternal(error);
      refuse(request, response, error);
    }
  }

  return {
    handle: (request, response, encodedName) => {
      const upload = receive(request, response, encodedName).finally(() => underWay.delete(upload));
      underWay.add(upload);
    },
    idle: async () => {
      await Promise.all(underWay);
    },
  };
}

function decodeName(encodedName: string): string {
  try {
    return decodeURIComponent(encodedName);
  } catch {
    throw new EnxameError('bad-request'); // a broken escape: no browser makes one
  }
}

async function* bodyOf(request: IncomingMessage): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    // Not destroyed when the writing fails: its connection still carries the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxContentBytes) throw new EnxameError('too-large');
      yield chunk;
    }
  } catch (error) {
    throw error instanceof EnxameError ? error : new EnxameError('cancelled', undefined, { cause: error });
  }
}

/** Answers at once, but ends the connection only when the body is over: an earlier end would lose the answer. */
function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (request.socket.destroyed) return;
  response.setHeader('connection', 'close');
  writeError(response, error);
  if (request.complete) {
    response.end();
    return;
  }
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, drainMs);
  request.once('end', end).once('close', end).resume();
}
