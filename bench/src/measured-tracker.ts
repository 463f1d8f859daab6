import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../apps/tracker/dist/main.js', import.meta.url));
const preload = new URL('./loop-delay.js', import.meta.url).href;
/** Linux counts processor time in hundredths of a second. */
const ticksPerSecond = 100;

export interface LoopReport {
  /** For how long the event loop was held since the last report. */
  readonly held: { readonly maxMs: number; readonly p99Ms: number };
  readonly heapMib: number;
}

/** The real tracker in a process of its own, and what it takes of the machine. */
export interface MeasuredTracker {
  readonly url: string;
  readonly trackerId: string;
  /** From the start of the process to its line "ready". */
  readonly readyMs: number;
  readonly pid: number;
  loop(): Promise<LoopReport>;
  /** Null on systems without /proc. */
  rssMib(): number | null;
  cpuSeconds(): number | null;
  kill(): Promise<void>;
  close(): Promise<void>;
}

export async function startMeasuredTracker(dataFolder: string): Promise<MeasuredTracker> {
  const startedAt = performance.now();
  const child = fork(program, ['--json', '--host', '127.0.0.1', '--port', '0', '--data', dataFolder], {
    execArgv: ['--import', preload],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const exit = once(child, 'exit');
  if (!child.stdout) throw new Error('the tracker has no output');
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([once(lines, 'line'), exit.then(() => ['{}'])])) as [string];
  const readyMs = performance.now() - startedAt;
  const { url, trackerId } = JSON.parse(line) as { url?: string; trackerId?: string };
  const { pid } = child;
  if (url === undefined || trackerId === undefined || pid === undefined) throw new Error(`no tracker: ${line}`);

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exit;
  }
  const readProc = (file: string): string | undefined => {
    try {
      return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
    } catch {
      return undefined; // not Linux: the figure is left out
    }
  };
  return {
    url,
    trackerId,
    readyMs,
    pid,
    loop: async () => {
      const answer = once(child, 'message') as Promise<[LoopReport]>;
      child.send({ loop: true });
      return (await answer)[0];
    },
    rssMib: () => {
      const found = /^VmRSS:\s+(\d+) kB/m.exec(readProc('status') ?? '')?.[1];
      return found === undefined ? null : Number(found) / 1024;
    },
    cpuSeconds: () => {
      const stat = readProc('stat');
      if (stat === undefined) return null;
      // After the name, which may hold anything but ends with the last bracket.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
    },
    kill: () => end('SIGKILL'),
    close: () => end('SIGTERM'),
  };
}
