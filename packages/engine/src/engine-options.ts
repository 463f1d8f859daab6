import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Carrier } from '@enxame/shared/engine/carrier';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { Logger } from 'pino';
import type { PortMapper } from './port-mapping/port-mapper.js';

export interface EngineOptions {
  /** Everything that the engine remembers; one engine at a time (`data-folder-locked`). */
  readonly dataFolder: string;
  /** The managed folder of a first start; later the settings say. */
  readonly downloadsFolder?: string;
  /** Where the peer server listens; the port of the last time, else any free one, when not given. */
  readonly peerPort?: number;
  /** Asks the router for a way in, unless the settings forbid it; without it nobody does. */
  readonly portMapper?: PortMapper;
  /** A tracker to offer first when none was chosen. */
  readonly suggestedTracker?: string;
  readonly version: string;
  readonly logger: Logger;
  /** The built hashing worker, where it does not lie beside this file (a bundle). */
  readonly hashWorkerUrl?: URL;
  /** The same of the one for folders. */
  readonly folderWorkerUrl?: URL;
  /** The same of the one that seals for other programs. */
  readonly sealingWorkerUrl?: URL;
}

export interface Engine {
  /** Serves an interface until its carrier closes. */
  accept(carrier: Carrier): void;
  /**
   * Answers a request for a content that an interface looks at. Throws `not-found`, `rate-limited`, `not-supported`
   * before it has begun to answer; later, the caller ends the connection. (docs/spec/preview.md)
   */
  answerPreview(request: IncomingMessage, response: ServerResponse): Promise<void>;
  readonly addresses: readonly DeviceAddress[];
  /** Stops serving and fetching, finishes writes, frees the lock. Twice without harm. */
  close(): Promise<void>;
}
