import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { RouterState } from '@enxame/shared/engine/doctor';
import type { ContentId } from '@enxame/shared/ids';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { Closing } from '../closing.js';
import { openOwnAddresses } from '../network-addresses.js';
import type { PortMapper } from '../port-mapping/port-mapper.js';
import type { SettingsStore } from '../settings/settings-store.js';
import { listenForPeers } from './listen-peer.js';
import type { DevicePaths } from './paths/device-paths.js';
import type { PeerServerDeps } from './peer-server.js';

export interface OpenedPeer {
  readonly addresses: DeviceAddress[];
  readonly port: number;
  /** What the router said when it was asked for a way in. */
  readonly router: () => RouterState;
  readonly serve: (pipe: Duplex) => void;
}

/**
 * Opens this device to others: the peer port, the ways to it, and its addresses, which it returns and tells when they
 * change. `serve` takes pipes that somebody else opened. `closing` gets what ends it. Throws `port-taken`.
 */
export async function openPeer(
  deps: Omit<PeerServerDeps, 'prefaces'> & {
    readonly askedPort: number | undefined;
    readonly portMapper: PortMapper | undefined;
    readonly settings: SettingsStore;
    readonly paths: DevicePaths;
    readonly hasContent: (contentId: ContentId) => boolean;
    readonly onAddresses: (addresses: DeviceAddress[]) => void;
    readonly random: () => number;
  },
  closing: Closing,
): Promise<OpenedPeer> {
  const { paths, settings, hasContent, logger, random } = deps;
  const server = await listenForPeers(deps.askedPort, settings, { ...deps, prefaces: paths.prefaces });
  closing.add(() => server.close());
  const serve = server.serve.bind(server);
  paths.answerAsked({ serve, hasContent });
  const own = openOwnAddresses({
    port: server.port,
    mapper: deps.portMapper,
    // The key itself is shown to nobody; what comes of it is seen by routers.
    secret: createHash('sha256').update('enxame port mapping').update(deps.tls.key).digest(),
    mayMap: () => settings.settings.mapPort ?? true,
    onChange: deps.onAddresses,
    logger,
    random,
  });
  closing.add(() => own.close());
  return { addresses: own.list, port: server.port, router: () => own.router, serve };
}
