import type { DeviceId } from '@enxame/shared/ids';

/** The devices that can serve a content now, each list in the order of the ids. */
export interface SourceRoster {
  readonly complete: readonly DeviceId[];
  readonly partial: readonly DeviceId[];
}

/** In so many places of the ring the neighbours are shown: enough that everybody is a few steps from everybody. */
const places = 8;

/**
 * Whom to show to one device: those that have all of it first. When there are more than fit, each device is shown
 * others, and goes on being shown them as long as they are there: ids are hashes, so the devices stand on a ring in
 * no order that anybody chose, and each is shown the next ones after its own places. Pure.
 */
export function pickSources(roster: SourceRoster, watcher: DeviceId, max: number): DeviceId[] {
  const complete = pickNear(roster.complete, watcher, max);
  return [...complete, ...pickNear(roster.partial, watcher, max - complete.length)];
}

function pickNear(ring: readonly DeviceId[], watcher: DeviceId, max: number): DeviceId[] {
  if (ring.length <= max) return ring.filter((deviceId) => deviceId !== watcher);
  const picked = new Set<DeviceId>();
  for (let place = 0; place < places && picked.size < max; place++) {
    const turn = Math.floor((place * watcher.length) / places);
    const start = findPlace(ring, watcher.slice(turn) + watcher.slice(0, turn));
    const wanted = Math.ceil(((place + 1) * max) / places);
    for (let step = 0; step < ring.length && picked.size < wanted; step++) {
      const deviceId = ring[(start + step) % ring.length];
      if (deviceId !== undefined && deviceId !== watcher) picked.add(deviceId);
    }
  }
  return [...picked];
}

/** The index of the first id that is not before the key. */
function findPlace(ring: readonly DeviceId[], key: string): number {
  let low = 0;
  let high = ring.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ring[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
