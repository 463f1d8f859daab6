import type { MenuItemConstructorOptions } from 'electron';

/** macOS needs a menu for its editing keys to work; elsewhere the window needs none. */
export function applicationMenu(platform: NodeJS.Platform): MenuItemConstructorOptions[] | null {
  return platform === 'darwin' ? [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }] : null;
}
