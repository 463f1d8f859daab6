import { writeFile, open } from 'node:fs/promises';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, TrackerId } from '@enxame/shared/ids';
import type { HeldPart } from '../peer/content-access.js';
import { createGivenPieces } from '../peer/given-pieces.js';
import { createPeerServer, type PeerServer, type PeerServerDeps } from '../peer/peer-server.js';
import { createSendLog, type SendLog } from '../peer/send-log.js';
import { createSilentLogger } from '../library/testing/silent-logger.js';
import { systemTimers } from '../library/timers.js';
import { createRateControl, type RateControl } from '../limits/rate-control.js';
import { createUploads } from '../queue/uploads.js';
import type { TestContent } from './test-content.js';
import type { TestDevice } from './test-device.js';

/** A real peer server on loopback that has one content, and notes what is asked of it. */
export interface TestPeer {
  readonly port: number;
  readonly serve: PeerServer['serve'];
  readonly sends: SendLog;
  /** `bytes=...` of each request for the content, in order. */
  readonly openHandles: () => number;
  close(): Promise<void>;
}

/** Takes any ticket but `expired`, as if its tracker had signed it for whoever comes. */
export async function startTestPeer(
  device: TestDevice,
  content: TestContent,
  path: string,
  options: {
    readonly port?: number;
    readonly slots?: number;
    readonly rates?: RateControl;
    /** It has no more than this. */
    readonly held?: HeldPart;
  } & Partial<PeerServerDeps> = {},
): Promise<TestPeer> {
  await writeFile(path, content.bytes);
  const { port = 0, held, ...given } = options;
  const givenPieces = createGivenPieces();
  const sends = createSendLog({ timers: systemTimers, onChange: () => undefined });
  const uploads = createUploads({
    sends,
    rates: options.rates ?? createRateControl(systemTimers),
    slots: () => options.slots ?? 16,
    timers: systemTimers,
    onChange: () => undefined,
  });
  let openHandles = 0;
  const server: PeerServer = await createPeerServer(
    {
      tls: device.tls,
      uploads,
      receipts: { take: () => Promise.reject(new EnxameError('not-supported')) },
      logger: createSilentLogger(),
      openPack: () => {
        throw new EnxameError('content-not-found');
      },
      openContent: async (contentId: ContentId) => {
        if (contentId !== content.contentId) throw new EnxameError('content-not-found');
        const handle = await open(path);
        openHandles++;
        const close = handle.close.bind(handle);
        handle.close = () => {
          openHandles--;
          return close();
        };
        return {
          handle,
          name: 'a file',
          size: content.bytes.length,
          manifest: () => Promise.resolve(content.manifest),
          given: givenPieces.of(contentId, content.bytes.length),
          ...(held && { held }),
        };
      },
      checkTicket: (ticket, deviceId, contentId) => {
        if (ticket === 'expired') return Promise.reject(new EnxameError('ticket-invalid'));
        return Promise.resolve({
          iss: 'a'.repeat(52) as TrackerId,
          sub: deviceId,
          aud: contentId,
          exp: 0,
          name: 'Rui',
        });
      },
      ...given,
    },
    { host: '127.0.0.1', port },
  );
  return {
    port: server.port,
    serve: (pipe) => {
      server.serve(pipe);
    },
    sends,
    openHandles: () => openHandles,
    close: async () => {
      uploads.close();
      sends.close();
      await server.close();
    },
  };
}
