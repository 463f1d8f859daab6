import type { WebContents } from 'electron';
import { isPage } from './page-address.js';

interface Navigation {
  readonly url: string;
  readonly isMainFrame: boolean;
  preventDefault(): void;
}

/** A window shows our page and nothing else, whatever runs in it. Reloading the page itself is the one navigation left. */
export function hardenContents(contents: WebContents): void {
  const stay = (navigation: Navigation): void => {
    if (!navigation.isMainFrame || !isPage(navigation.url)) navigation.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
