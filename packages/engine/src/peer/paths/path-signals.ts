import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import type { PathId } from '@enxame/shared/tracker/path';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { TrackerLink } from '../../tracker/tracker-session.js';
import { createArrivals } from '../../waiting/arrivals.js';

export interface AskedPath {
  readonly pathId: PathId;
  /** This side's. */
  readonly token: string;
}

/** What the tracker carries between two devices that look for a way to each other. */
export interface PathSignals {
  /** Throws `source-gone`, `rate-limited`, `tracker-offline`, `timed-out`. */
  ask(wanted: {
    readonly contentId: ContentId;
    readonly deviceId: DeviceId;
    readonly hasRelay: boolean;
  }): Promise<AskedPath>;
  /** Resolves when the tracker has seen both sides; throws `cancelled` with the signal. To be called before this side shows itself. */
  met(pathId: PathId, signal: AbortSignal): Promise<DeviceAddress>;
  close(): void;
}

export function createPathSignals(link: TrackerLink): PathSignals {
  const met = createArrivals<PathId, DeviceAddress>();
  const unsubscribe = link.onPush('path:met', ({ pathId, address }) => {
    met.arrive(pathId, address);
  });
  return {
    ask: async (wanted) => {
      if (!link.session) throw new EnxameError('tracker-offline');
      return link.session.request('path:ask', wanted);
    },
    met: met.expect,
    close: unsubscribe,
  };
}
