import { bridgeName, type DesktopBridge } from '../../bridge/desktop-bridge.js';
import { takeBrowserToken } from './browser-token.js';
import type { CarrierSource } from './carrier-source.js';
import { createPortSource } from './port-source.js';
import { createWebSocketSource } from './web-socket-source.js';

declare global {
  interface Window {
    readonly [bridgeName]?: DesktopBridge;
  }
}

export interface EngineWay {
  readonly source: CarrierSource;
  /** Undefined in a browser. */
  readonly bridge: DesktopBridge | undefined;
  /** The token of a browser, for uploads; null in a window, and where the page was opened without one. */
  readonly token: () => string | null;
  /** Calls back when another token came by the address bar: the engine was started again. */
  onToken(callback: () => void): void;
}

/** The way from this page to its engine: the window's port where there is a bridge, else a WebSocket. */
export function findEngineWay(page: Window): EngineWay {
  const bridge = page[bridgeName];
  if (bridge) return { source: createPortSource(page), bridge, token: () => null, onToken: () => undefined };
  let token = takeBrowserToken(page);
  const source = createWebSocketSource({
    host: page.location.host,
    secure: page.location.protocol === 'https:',
    token: () => token,
  });
  return {
    source,
    bridge,
    token: () => token,
    onToken: (callback) => {
      page.addEventListener('hashchange', () => {
        const next = takeBrowserToken(page);
        if (next === token) return;
        token = next;
        callback();
      });
    },
  };
}
