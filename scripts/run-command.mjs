// Runs other programs for the scripts of this folder.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** @param {string} path from the top of the project */
export const inProject = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * Runs a program of Node to its end; its output is ours unless it is captured. Resolves to its exit code (128 and more
 * for a signal) and what was captured.
 * @param {string[]} args the script and what it is given
 * @param {{ env?: Record<string, string | undefined>, capture?: boolean, timeoutMs?: number }} [options]
 */
export function runNode(args, options) {
  return runProgram(process.execPath, args, options);
}

/** npm itself, by the Node that runs now: `npm.cmd` of Windows cannot be spawned without a shell. */
export function runNpm(args, options) {
  const npm = process.env['npm_execpath'];
  if (npm?.endsWith('.js')) return runNode([npm, ...args], options);
  return runProgram('npm', args, { ...options, shell: process.platform === 'win32' });
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, capture?: boolean, shell?: boolean, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>} the output is empty unless it was captured
 */
export function runProgram(program, args, { env = {}, capture = false, shell = false, timeoutMs } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', capture ? 'pipe' : 'inherit', capture ? 'pipe' : 'inherit'],
      shell,
      timeout: timeoutMs,
      windowsHide: true,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code: code ?? (signal ? 128 : 1), output });
    });
  });
}
