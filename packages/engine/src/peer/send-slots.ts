import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { DeviceId } from '@enxame/shared/ids';

/** How many answers with bytes of contents go out at the same time: each holds an open file and its buffers. (P11) */
export interface SendSlots {
  /** Returns what gives the slot back. Throws `rate-limited` when all, or all that one device may have, are taken. */
  take(deviceId: DeviceId): () => void;
}

export function createSendSlots(limits: { readonly total: number; readonly perDevice: number }): SendSlots {
  const takenBy = new Map<DeviceId, number>();
  let taken = 0;
  return {
    take: (deviceId) => {
      const own = takenBy.get(deviceId) ?? 0;
      if (taken >= limits.total || own >= limits.perDevice) throw new EnxameError('rate-limited');
      taken++;
      takenBy.set(deviceId, own + 1);
      return () => {
        taken--;
        const left = (takenBy.get(deviceId) ?? 1) - 1;
        if (left > 0) takenBy.set(deviceId, left);
        else takenBy.delete(deviceId);
      };
    },
  };
}
