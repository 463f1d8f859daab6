/** Runs a program to its end. Resolves to what it printed; rejects when it cannot be started, fails, or takes too long. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<string>;

const question = [
  '--session',
  '--print-reply',
  '--dest=org.kde.StatusNotifierWatcher',
  '/StatusNotifierWatcher',
  'org.freedesktop.DBus.Properties.Get',
  'string:org.kde.StatusNotifierWatcher',
  'string:IsStatusNotifierHostRegistered',
] as const;

/**
 * Whether this system shows tray icons. Windows and macOS do. Of the desktops of Linux some have no place for them
 * (GNOME without its extension), and an icon that nobody shows makes no error; so the session is asked. No answer counts
 * as no: a program that hides in a tray that is not there could not be found again.
 */
export async function findTray(platform: NodeJS.Platform, run: RunProgram): Promise<boolean> {
  if (platform !== 'linux') return true;
  try {
    return /boolean true/.test(await run('dbus-send', question));
  } catch {
    return false; // no such program, no session bus, or no watcher on it: all mean that nobody shows the icon
  }
}
