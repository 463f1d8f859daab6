import type { Carrier } from './carrier.js';
import { createCarrierEnds, type CarrierEnds } from './carrier-ends.js';
import { parseFrameText, toFrameText } from './frame-text.js';

/**
 * Two carriers joined in memory. Frames pass through JSON and arrive in a later microtask, as over a wire, so what
 * works here works there.
 */
export function createMemoryCarrierPair(): [Carrier, Carrier] {
  const left = createCarrierEnds();
  const right = createCarrierEnds();
  return [joinEnds(left, right), joinEnds(right, left)];
}

function joinEnds(local: CarrierEnds, remote: CarrierEnds): Carrier {
  const later = (step: () => void): void => void Promise.resolve().then(step);
  return {
    send: (frame) => {
      const text = toFrameText(frame);
      if (local.closed) return;
      later(() => {
        remote.deliver(parseFrameText(text));
      });
    },
    onFrame: local.onFrame,
    onClose: local.onClose,
    close: () => {
      local.end();
      later(remote.end);
    },
  };
}
