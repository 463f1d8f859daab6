import { join } from 'node:path';
import type { ActivityKind } from '../feed/activity.js';

/**
 * The file of the icon: one colour, its shape tells the state. macOS colours a "Template" image itself. Windows' task bar
 * has a theme of its own; on Linux nobody can ask for the panel's colour, but GNOME's is always dark.
 */
export function trayIconPath(given: {
  readonly folder: string;
  readonly kind: ActivityKind;
  readonly platform: NodeJS.Platform;
  readonly darkSystem: boolean;
  readonly desktopName: string;
}): string {
  const { folder, kind, platform, darkSystem, desktopName } = given;
  if (platform === 'darwin') return join(folder, `tray-${kind}Template.png`);
  const isDark = darkSystem || (platform === 'linux' && /gnome|unity/i.test(desktopName));
  return join(folder, `tray-${kind}-${isDark ? 'light' : 'dark'}.png`);
}
