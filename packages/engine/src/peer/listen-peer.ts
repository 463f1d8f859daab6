import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { SettingsStore } from '../settings/settings-store.js';
import { createPeerServer, type PeerServer, type PeerServerDeps } from './peer-server.js';

/**
 * The port that was asked for; else the one of the settings; else the one of the last time, so that a router's rule goes
 * on to fit; else a free one. Throws `port-taken` for one that was asked for: the others are wishes, and an engine that
 * can be reached elsewhere is better than none.
 */
export async function listenForPeers(
  askedPort: number | undefined,
  settings: Pick<SettingsStore, 'settings' | 'peerPort' | 'setPeerPort'>,
  deps: PeerServerDeps,
): Promise<PeerServer> {
  const listenAt = (port: number): Promise<PeerServer> => createPeerServer(deps, { port });
  if (askedPort !== undefined) return listenAt(askedPort);
  const { listenPort } = settings.settings;
  const wishes = new Set([...(listenPort ? [listenPort] : []), settings.peerPort]);
  const server = await listenAtOneOf(wishes, listenAt);
  if (server.port !== settings.peerPort) await settings.setPeerPort(server.port);
  return server;
}

/** At the first of them that is free, else at any that is. */
async function listenAtOneOf(
  ports: Iterable<number>,
  listenAt: (port: number) => Promise<PeerServer>,
): Promise<PeerServer> {
  for (const port of ports) {
    try {
      return await listenAt(port);
    } catch (error) {
      if (!isErrorWithCode(error, 'port-taken')) throw error;
    }
  }
  return listenAt(0);
}
