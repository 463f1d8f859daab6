/** In the folder `autostart` of the person's configuration; desktops of Linux start what lies there. */
export const autostartFile = 'org.enxame.desktop.desktop';

/** The desktop entry that starts a program with the session. (Desktop Entry Specification 1.5, "The Exec key") */
export function autostartEntry(program: string, args: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Enxame',
    `Exec=${[program, ...args].map(quote).join(' ')}`,
    'Icon=enxame-desktop',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/**
 * In quotes, with what a shell would read escaped; then the escapes of the file itself, which double each backslash; and
 * "%" stands for itself only when doubled.
 */
function quote(text: string): string {
  const quoted = `"${text.replace(/["`$\\]/g, '\\$&')}"`;
  return quoted.replaceAll('\\', '\\\\').replaceAll('%', '%%');
}
