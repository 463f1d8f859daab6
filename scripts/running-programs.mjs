// The long-running programs of one `npm start`: started together, stopped together, none left behind.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { root } from './run-command.mjs';

/** Longer than any of them gives itself to end well. */
const stopTimeoutMs = 25_000;

/**
 * @typedef {object} RunningProgram
 * @property {string} name
 * @property {Promise<any>} firstLine the JSON of its first line; undefined when it ends without one
 * @property {Promise<number>} exited its exit code
 */

export function createPrograms() {
  const children = new Set();
  let stopping = false;

  /**
   * Standard error is ours; standard output is read for the first line, as JSON, and then passed over.
   * @param {{ name: string, program?: string, args: string[], env?: Record<string, string | undefined> }} what
   * @returns {RunningProgram}
   */
  function start({ name, program = process.execPath, args, env = {} }) {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      // A program of Node learns through the channel when we die, also violently, and ends too.
      stdio: ['ignore', 'pipe', 'inherit', ...(program === process.execPath ? ['ipc'] : [])],
      windowsHide: true,
    });
    children.add(child);
    const exited = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        children.delete(child);
        resolve(code ?? (signal && !stopping ? 1 : 0));
      });
    });
    exited.catch(() => children.delete(child));
    return { name, firstLine: readFirstLine(child), exited };
  }

  /** Asks them to end, all at once; the tracker's clients know how to do without it. Twice without harm. */
  async function stop() {
    stopping = true;
    await Promise.all([...children].map(stopChild));
  }

  return { start, stop };
}

async function stopChild(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  // On Windows this ends it at once; there Ctrl-C has reached it already, as it reaches every process of the console.
  if (process.platform !== 'win32') child.kill('SIGTERM');
  const timer = setTimeout(
    () => child.kill('SIGKILL'),
    process.platform === 'win32' ? stopTimeoutMs / 5 : stopTimeoutMs,
  );
  await exited;
  clearTimeout(timer);
}

async function readFirstLine(child) {
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(undefined));
  });
  lines.on('line', () => undefined); // nobody reads on, and the pipe must not fill
  return line === undefined ? undefined : parseLine(line);
}

function parseLine(line) {
  try {
    return JSON.parse(line);
  } catch {
    return { text: line }; // Electron writes what it likes
  }
}
