import type { BrowserWindowConstructorOptions } from 'electron';

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
}): BrowserWindowConstructorOptions {
  return {
    width: 1180,
    height: 760,
    minWidth: 900,
    minHeight: 560,
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
