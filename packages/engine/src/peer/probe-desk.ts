import { randomBytes, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { transferIdSchema, type DeviceId } from '@enxame/shared/ids';
import { probeBytes } from '@enxame/shared/peer/probe';
import type { RateControl } from '../limits/rate-control.js';
import { createBodyWriter } from './body-writer.js';
import type { PeerClaims } from './content-access.js';

/** Between two of one device; and only one at a time in all: who measures must not keep others from fetching. */
const betweenMs = 5000;
const chunkBytes = 256 * 1024;

/** Sends bytes that mean nothing, so that a receiver sees how fast they come. (docs/spec/peer-protocol.md, P70) */
export interface ProbeDesk {
  /** Throws `rate-limited`, `cancelled` when the other side has seen enough. */
  send(response: ServerResponse, claims: PeerClaims): Promise<void>;
}

/** `now`: milliseconds that are never set back. */
export function createProbeDesk(deps: {
  readonly rates: Pick<RateControl, 'sending'>;
  readonly now: () => number;
}): ProbeDesk {
  const lastAt = new Map<DeviceId, number>();
  let isBusy = false;

  function enter(deviceId: DeviceId): void {
    const now = deps.now();
    for (const [device, at] of lastAt) if (now - at >= betweenMs) lastAt.delete(device);
    if (isBusy || lastAt.has(deviceId)) throw new EnxameError('rate-limited');
    isBusy = true;
    lastAt.set(deviceId, now);
  }

  return {
    send: async (response, { sub: deviceId, name }) => {
      enter(deviceId);
      try {
        const rate = deps.rates.sending(name, transferIdSchema.parse(`probe-${randomUUID()}`));
        const chunk = randomBytes(chunkBytes);
        const writer = createBodyWriter(response);
        response.writeHead(206, {
          'content-type': 'application/octet-stream',
          'content-length': probeBytes,
          'content-range': `bytes 0-${String(probeBytes - 1)}/${String(probeBytes)}`,
        });
        for (let left = probeBytes; left > 0;) {
          const wanted = Math.min(chunkBytes, left, rate.quantum());
          const wait = rate.take(wanted);
          if (wait) await writer.orClosed(wait);
          await writer.write(chunk.subarray(0, wanted));
          left -= wanted;
        }
      } finally {
        isBusy = false;
      }
    },
  };
}
