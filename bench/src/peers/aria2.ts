import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import type { NeededProgram } from './programs.js';

const run = promisify(execFile);

export const aria2Programs: readonly NeededProgram[] = [{ command: 'aria2c', debianPackage: 'aria2' }];

/**
 * One file from one or several mirrors over `connections` connections (-x to one server, -s in all); milliseconds from
 * start to exit. `command` goes before its own command line, as that of a namespace does.
 */
export async function downloadWithAria2(
  urls: readonly string[],
  to: string,
  { connections, command = [] }: { readonly connections: number; readonly command?: readonly string[] },
): Promise<number> {
  const [program, ...args] = [
    ...command,
    'aria2c',
    '--check-certificate=false',
    // Left to itself it zeroes the whole file first, which would be measured.
    '--file-allocation=none',
    '--min-split-size=1M',
    '--allow-overwrite=true',
    '--quiet=true',
    '--console-log-level=error',
    `--max-connection-per-server=${String(connections)}`,
    `--split=${String(connections)}`,
    `--dir=${dirname(to)}`,
    `--out=${basename(to)}`,
    ...urls,
  ] as [string, ...string[]];
  const startedAt = performance.now();
  await run(program, args);
  return performance.now() - startedAt;
}
