import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { SettingsStore } from '../settings/settings-store.js';
import { createPeerServer, type PeerServer, type PeerServerDeps } from './peer-server.js';

/**
 * The port that was asked for; else the one of the last time, so that a router's rule goes on to fit; else a free one.
 * Throws `port-taken` for one that was asked for.
 */
export async function listenForPeers(
  askedPort: number | undefined,
  settings: Pick<SettingsStore, 'peerPort' | 'setPeerPort'>,
  deps: PeerServerDeps,
): Promise<PeerServer> {
  const listenAt = (port: number): Promise<PeerServer> => createPeerServer(deps, { port });
  if (askedPort !== undefined) return listenAt(askedPort);
  let server: PeerServer;
  try {
    server = await listenAt(settings.peerPort);
  } catch (error) {
    if (!isErrorWithCode(error, 'port-taken')) throw error;
    server = await listenAt(0);
  }
  if (server.port !== settings.peerPort) await settings.setPeerPort(server.port);
  return server;
}
