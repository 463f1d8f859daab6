// Opens an address in the person's browser, where there is one to see.

import { spawn } from 'node:child_process';

/** Whether a window that opens here would be seen: not on a server, not over SSH, not in a test run. */
export function hasDisplay(environment, platform) {
  if (environment['CI'] || environment['SSH_CONNECTION']) return false;
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
}

/** The program that opens an address, and what it is given. */
export function openCommand(address, platform) {
  if (platform === 'darwin') return ['open', [address]];
  // `start` is a word of the shell, to which & and ^ mean something; this program takes the address as it is.
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', address]];
  return ['xdg-open', [address]];
}

/** Resolves to whether it was opened. */
export function openAddress(address, platform = process.platform) {
  const [program, args] = openCommand(address, platform);
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false)); // no such program: the address is printed all the same
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
