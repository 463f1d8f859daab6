import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DesktopBridge } from '../../bridge/desktop-bridge.js';
import type { DesktopState } from '../../bridge/shell-calls.js';

/** What the window's desktop can do, and where a newer version is. Null in a browser, and before it was told. */
export interface DesktopStore {
  readonly state: DesktopState | null;
}

/** Asks once; what changes afterwards comes as a message of the window. */
export function createDesktopStore(bridge: Pick<DesktopBridge, 'desktopState'> | undefined): StoreApi<DesktopStore> {
  const store = createStore<DesktopStore>(() => ({ state: null }));
  bridge?.desktopState().then(
    (state) => {
      store.setState({ state });
    },
    () => undefined, // without main there is no window either
  );
  return store;
}
