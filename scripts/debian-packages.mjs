// Programs of others that are installed from Debian where that can be done: as root, with apt.

import { access } from 'node:fs/promises';
import { runProgram } from './run-command.mjs';

const timeoutMs = 300_000;
const options = { capture: true, timeoutMs, env: { DEBIAN_FRONTEND: 'noninteractive' } };
let lastTurn = Promise.resolve();
let updated;

/** Whether packages can be installed here. */
export async function canInstall() {
  if (process.getuid?.() !== 0) return false;
  return access('/usr/bin/apt-get').then(
    () => true,
    () => false, // another system
  );
}

/**
 * Installs packages; those who ask at the same time take turns, for apt lets only one in. Resolves to what apt said,
 * whether it went well or not: whoever asked looks for the program itself.
 * @param {string[]} names
 * @returns {Promise<string>}
 */
export function installDebian(names) {
  const turn = lastTurn.then(async () => {
    updated ??= runProgram('apt-get', ['update'], options);
    const update = await updated;
    const install = await runProgram('apt-get', ['install', '-y', '--no-install-recommends', ...names], options);
    return `${update.output}\n${install.output}`;
  });
  lastTurn = turn.then(
    () => undefined,
    () => undefined, // told to whoever asked
  );
  return turn;
}
