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
  const listenAtFirstOf = async (port: number, ...others: number[]): Promise<PeerServer> => {
    try {
      return await listenAt(port);
    } catch (error) {
      const [next, ...rest] = others;
      if (next === undefined || !isErrorWithCode(error, 'port-taken')) throw error;
      return listenAtFirstOf(next, ...rest);
    }
  };
  const { listenPort } = settings.settings;
  const server = await listenAtFirstOf(listenPort ? listenPort : settings.peerPort, settings.peerPort, 0);
  if (server.port !== settings.peerPort) await settings.setPeerPort(server.port);
  return server;
}
