import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A program that a comparison needs, and the Debian package that has it. */
export interface NeededProgram {
  /** Its name on the path, or the full path of a file. */
  readonly command: string;
  readonly debianPackage: string;
}

/**
 * Installs what is missing, on Debian and as root. Undefined: all is there; else why the comparison cannot be made.
 * `say` hears of what is installed before it is.
 */
export async function whyMissing(
  needed: readonly NeededProgram[],
  say: (line: string) => void,
): Promise<string | undefined> {
  const missing = needed.filter(({ command }) => !isThere(command));
  if (missing.length === 0) return undefined;
  const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))];
  const commands = missing.map(({ command }) => command).join(', ');
  if (process.getuid?.() !== 0 || !isThere('apt-get')) {
    return `missing: ${commands} (Debian: apt-get install ${packages.join(' ')}; done by itself for root)`;
  }
  say(`installing ${packages.join(', ')} from Debian`);
  try {
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 2 ** 24,
    });
  } catch (error) {
    return `missing: ${commands}; apt-get install failed: ${(error as { stderr?: string }).stderr?.trim() ?? String(error)}`;
  }
  return missing.every(({ command }) => isThere(command)) ? undefined : `missing: ${commands}`;
}

function isThere(command: string): boolean {
  if (isAbsolute(command)) return existsSync(command);
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', command]).status === 0;
}
