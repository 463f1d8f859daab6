import type { NativeImage, Tray as ElectronTray, MenuItemConstructorOptions } from 'electron';
import type { Clock } from '../clock.js';
import { createPacer } from '../pacer.js';
import { trayMenu, trayTip, type TrayActions, type TrayState } from './tray-menu.js';

/** More often would only flicker. */
const redrawMs = 1000;

export interface Tray {
  show(state: TrayState): void;
  close(): void;
}

/** The icon beside the clock. What is shown already is not set again: an open menu would close on some desktops. */
export function createTray(deps: {
  readonly create: (image: NativeImage) => ElectronTray;
  readonly setMenu: (tray: ElectronTray, template: MenuItemConstructorOptions[]) => void;
  readonly image: (state: TrayState) => { readonly path: string; readonly load: () => NativeImage };
  readonly clock: Clock;
  /** On macOS a click shows the menu. */
  readonly opensOnClick: boolean;
  readonly actions: TrayActions;
}): Tray {
  let state: TrayState | undefined;
  let tray: ElectronTray | undefined;
  const shown = { icon: '', tip: '', menu: '' };

  const pacer = createPacer(deps.clock, redrawMs, () => {
    if (!state) return;
    const { path, load } = deps.image(state);
    if (!tray) {
      tray = deps.create(load());
      if (deps.opensOnClick) tray.on('click', () => deps.actions.open());
    } else if (path !== shown.icon) tray.setImage(load());
    shown.icon = path;
    const tip = trayTip(state);
    if (tip !== shown.tip) tray.setToolTip((shown.tip = tip));
    const template = trayMenu(state, deps.actions);
    const menu = JSON.stringify(template);
    if (menu !== shown.menu) deps.setMenu(tray, template);
    shown.menu = menu;
  });

  return {
    show: (next) => {
      state = next;
      pacer.nudge();
    },
    close: () => {
      pacer.close();
      tray?.destroy();
      tray = undefined;
    },
  };
}
