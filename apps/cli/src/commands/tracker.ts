import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

const program = fileURLToPath(new URL('../../../tracker/dist/main.js', import.meta.url));

/** Flags as the tracker takes them; what is not given is its own choice. */
export type TrackerFlags = Readonly<Record<string, string | boolean | undefined>>;

/**
 * Runs the tracker, or its command `words`, as a process of its own, which speaks on our standard streams. Settles with its exit code. Throws
 * `internal` when it cannot be started.
 */
export function runTracker(flags: TrackerFlags, stop: AbortSignal, words: readonly string[] = []): Promise<number> {
  const args = [...words, ...toArguments(flags)];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      // Through the channel it learns of our death, also of a violent one, and ends too.
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      windowsHide: true,
    });
    // Ctrl-C in a terminal reached the child too: it takes the second word as the first.
    const forward = (): void => {
      child.kill('SIGTERM');
    };
    stop.addEventListener('abort', forward);
    child.once('error', (error) => {
      reject(new EnxameError('internal', undefined, { cause: error }));
    });
    child.once('exit', (code, signal) => {
      stop.removeEventListener('abort', forward);
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)); // as shells report a signal
    });
  });
}

export function toArguments(flags: TrackerFlags): string[] {
  return Object.entries(flags).flatMap(([flag, value]) => {
    if (value === undefined || value === false) return [];
    return value === true ? [`--${flag}`] : [`--${flag}=${value}`];
  });
}
