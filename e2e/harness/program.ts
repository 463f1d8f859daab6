import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const enxame = fileURLToPath(new URL('../../apps/cli/bin/enxame.mjs', import.meta.url));

export interface Result {
  readonly exitCode: number | null;
  /** The one JSON document on standard output. */
  readonly json: unknown;
  readonly stderr: string;
}

/** Runs `enxame ... --json` to its end. Its standard output must be one JSON document and nothing else. */
export async function runEnxame(args: readonly string[]): Promise<Result> {
  const child = spawn(process.execPath, [enxame, ...args, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, json: JSON.parse(await stdout) as unknown, stderr: await stderr };
}

/** A program that stays: `enxame serve`, `enxame tracker`. */
export interface RunningProgram {
  /** The line that it printed when it was ready. */
  readonly ready: { readonly ready: true; readonly url: string };
  /** As a power cut: no chance to clean up. */
  kill(): Promise<void>;
  /** Stops it in the middle of whatever it does, and lets it go on: what happens meanwhile has a fixed place. */
  freeze(): void;
  thaw(): void;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export async function startEnxame(args: readonly string[]): Promise<RunningProgram> {
  const child = spawn(process.execPath, [enxame, ...args, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const stderr = collect(child.stderr);
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), once(child, 'close')]);
  const [line] = first as [unknown];
  if (typeof line !== 'string') throw new Error(`enxame ${args.join(' ')} ended: ${await stderr}`);
  const ready = JSON.parse(line) as RunningProgram['ready'];
  // Its later output is nobody's to read, and must not fill the pipe.
  lines.on('line', () => undefined);
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (hasEnded(child)) return child.exitCode;
    child.kill(signal);
    const [exitCode] = (await once(child, 'exit')) as [number | null];
    return exitCode;
  };
  return {
    ready,
    kill: async () => {
      await end('SIGKILL');
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: () => {
      child.kill('SIGCONT'); // a frozen process hears nothing
      return end('SIGTERM');
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function collect(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
