import type { BrowserWindowConstructorOptions } from 'electron';
import { defaultSize, smallestSize, type Bounds } from './window/window-bounds.js';

/** `--app` of the design tokens: what is seen before the page has painted. */
const ground = { light: '#f6f5f1', dark: '#151412' } as const;

export function groundColor(dark: boolean): string {
  return ground[dark ? 'dark' : 'light'];
}

export function windowOptions(given: {
  readonly platform: NodeJS.Platform;
  readonly preloadPath: string;
  readonly dark: boolean;
  readonly devTools: boolean;
  /** Undefined: in the middle of the screen. */
  readonly bounds: Bounds | undefined;
}): BrowserWindowConstructorOptions {
  return {
    ...(given.bounds ?? defaultSize),
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    autoHideMenuBar: true,
    show: false,
    title: 'Enxame',
    backgroundColor: groundColor(given.dark),
    // The page's header is the drag area there; elsewhere the system draws its own title bar.
    titleBarStyle: given.platform === 'darwin' ? 'hiddenInset' : 'default',
    webPreferences: {
      preload: given.preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      devTools: given.devTools,
    },
  };
}
