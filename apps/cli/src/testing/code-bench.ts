import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/enxame.mjs', import.meta.url));

/** The command line of `enxame`. */
export const enxameLine = (...args: readonly string[]): string[] => [process.execPath, program, ...args];

/** A program under way, and what it says. */
export interface Run {
  readonly child: ChildProcess;
  /** The first line of its output that matches. Throws when it ends without one. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  readonly end: Promise<{ readonly code: number | null; readonly output: string }>;
}

/** A tracker, and programs that meet through it, each with a data folder of its own. */
export interface CodeBench {
  readonly folder: string;
  /** Of the tracker. */
  readonly url: string;
  run(
    command: string,
    args: readonly string[],
    options?: { readonly cwd?: string; readonly home?: string; readonly input?: string },
  ): Run;
  enxame(home: string, ...args: string[]): Run;
  makeFile(name: string, bytes?: number): Promise<{ path: string; content: Buffer }>;
  makeFolder(name: string): Promise<string>;
  newFolder(name: string): Promise<string>;
  close(): Promise<void>;
}

/** `command` goes before the tracker's own command line, as that of a namespace does; `host` is where it listens. */
export async function openCodeBench({
  command = [],
  host = '127.0.0.1',
}: { readonly command?: readonly string[]; readonly host?: string } = {}): Promise<CodeBench> {
  const folder = await mkdtemp(join(tmpdir(), 'enxame-codes-'));
  const running = new Set<ChildProcess>();

  const run: CodeBench['run'] = (command, args, { cwd = folder, home = join(folder, 'home'), input } = {}) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, LC_ALL: 'C.UTF-8', ENXAME_HOME: home },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    running.add(child);
    child.stdin.on('error', () => undefined); // a program that was killed takes nothing
    child.stdin.end(input ?? '');
    let output = '';
    const lines: string[] = [];
    let wake: () => void = () => undefined;
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (text) => {
        output += `${text}\n`;
        lines.push(text);
        wake();
      });
    }
    const end = once(child, 'close').then(([code]) => {
      running.delete(child);
      wake();
      return { code: code as number | null, output };
    });
    return {
      child,
      end,
      line: async (pattern) => {
        for (;;) {
          const found = lines.map((text) => pattern.exec(text)).find((match) => match !== null);
          if (found) return found;
          if (!running.has(child)) throw new Error(`it ended without ${String(pattern)}:\n${output}`);
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      },
    };
  };

  const [first = '', ...line] = [...command, ...enxameLine('--json', 'tracker', '--host', host, '--port', '0')];
  const started = run(first, line);
  const { url } = JSON.parse((await started.line(/"ready"/)).input) as { url: string };
  const enxame: CodeBench['enxame'] = (home, ...args) =>
    run(process.execPath, [program, '--tracker', url, ...args], { home: join(folder, home) });

  return {
    folder,
    url,
    run,
    enxame,
    makeFile: async (name, bytes = 1_000_000) => {
      const path = join(folder, name);
      const content = randomBytes(bytes);
      await writeFile(path, content);
      return { path, content };
    },
    makeFolder: async (name) => {
      const path = join(folder, name);
      await mkdir(join(path, 'sub', 'empty'), { recursive: true });
      await writeFile(join(path, 'sub', 'relação.txt'), 'olá');
      await writeFile(join(path, 'top.bin'), Buffer.alloc(300_000, 5));
      return path;
    },
    newFolder: async (name) => {
      const path = join(folder, name);
      await mkdir(path);
      return path;
    },
    close: async () => {
      const ends = [...running].map((child) => once(child, 'close'));
      for (const child of running) child.kill('SIGKILL');
      await Promise.all(ends);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The words of a code that a sender made. */
export async function codeOf(sender: Run): Promise<string> {
  const [, code = ''] = await sender.line(/(?:code is:?|receive) (\d+-[\w-]+)/);
  return code;
}
