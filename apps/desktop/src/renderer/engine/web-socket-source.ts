import type { Carrier } from '@enxame/shared/engine/carrier';
import { createWebSocketCarrier } from '@enxame/shared/engine/web-socket-carrier';
import type { CarrierSource } from './carrier-source.js';

/**
 * A browser: a WebSocket to the host that served the page. The token travels as a subprotocol, the one header that a page
 * can set. Without a token nothing is dialled.
 */
export function createWebSocketSource(deps: {
  readonly host: string;
  readonly secure: boolean;
  readonly token: () => string | null;
}): CarrierSource {
  let onCarrier: ((carrier: Carrier) => void) | undefined;
  return {
    dials: true,
    start: (listen) => {
      onCarrier = listen;
    },
    dial: () => {
      const token = deps.token();
      if (token === null) return false;
      const url = `${deps.secure ? 'wss' : 'ws'}://${deps.host}/engine`;
      onCarrier?.(createWebSocketCarrier(new WebSocket(url, ['enxame', `token.${token}`])));
      return true;
    },
    close: () => undefined,
  };
}
