import type { Carrier } from '@enxame/shared/engine/carrier';
import { createPortCarrier } from '@enxame/shared/engine/port-carrier';
import { portMessage } from '../../bridge/desktop-bridge.js';
import type { CarrierSource } from './carrier-source.js';

/** Electron: the preload posts a MessagePort to the page, and another one each time the engine was started again. */
export function createPortSource(page: Window): CarrierSource {
  let onCarrier: ((carrier: Carrier) => void) | undefined;
  // Only the preload shares this window; another frame's message is not the engine.
  const listener = (event: MessageEvent<unknown>): void => {
    if (event.source !== page || event.data !== portMessage) return;
    const port = event.ports[0];
    if (port) onCarrier?.(createPortCarrier(port));
  };
  page.addEventListener('message', listener);
  return {
    dials: false,
    start: (listen) => {
      onCarrier = listen;
    },
    dial: () => false,
    close: () => {
      page.removeEventListener('message', listener);
    },
  };
}
