import type { ContentId } from '@enxame/shared/ids';
import type { Source } from '@enxame/shared/tracker/person';
import type { PeerConnection } from '../peer-connection.js';
import { dialSource } from './dial-source.js';

/** All the ways by which this device reaches the devices that serve contents. */
export interface SourcePaths {
  /**
   * Resolves with the first connection that works, to the device that was meant. Goes on looking for a better path
   * until the signal; each connection by a better one comes through `onBetter`, which then owns it: the one before
   * stays as it is, and whoever got it closes it when nothing of it is needed any more.
   * Throws `source-unreachable`, `source-identity`, `cancelled`. The signal also ends the connections.
   */
  connect(source: Source, options: ConnectOptions): Promise<PeerConnection>;
}

export interface ConnectOptions {
  /** What is wanted of it: the tracker asks a device to dial back only for a content that it serves. */
  readonly contentId: ContentId;
  readonly signal: AbortSignal;
  readonly onBetter: (connection: PeerConnection) => void;
}

export function createSourcePaths(deps: {
  readonly tls: { readonly key: string; readonly cert: string };
}): SourcePaths {
  return {
    connect: (source, { signal }) => dialSource(source, deps.tls, signal),
  };
}
