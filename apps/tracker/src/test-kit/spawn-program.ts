import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The program and its threads, a file each, made from the sources, so that these tests need no build before them. */
export interface BuiltProgram {
  /** Resolves with the process and the first line that it prints. */
  start(args: readonly string[]): Promise<RunningProgram>;
  /** Ends what still runs and removes the file. */
  close(): Promise<void>;
}

export interface RunningProgram {
  readonly firstLine: string;
  readonly exitCode: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  /** For a program that answers over its channel; undefined when it ended. */
  ask(question: string): Promise<unknown>;
}

/** `entry`: the program, below `src`. */
export async function buildProgram(entry = 'main.ts'): Promise<BuiltProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'enxame-program-'));
  const sources = fileURLToPath(new URL('..', import.meta.url));
  const main = join(folder, 'main.js');
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  const installed = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
  await symlink(installed, join(folder, 'node_modules'), 'junction');
  await build({
    entryPoints: [
      { in: join(sources, entry), out: 'main' },
      { in: join(sources, 'store', 'catalogue-worker.ts'), out: 'store/catalogue-worker' },
      { in: join(sources, 'hosted', 'upload-worker.ts'), out: 'upload-worker' },
    ],
    outdir: folder,
    bundle: true,
    external: ['@napi-rs/blake-hash'], // native: it stays where it was installed
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['source'],
    // What packages of the CommonJS kind find around them.
    banner: {
      js: `import { createRequire as requireOfBundle } from 'node:module';
           const require = requireOfBundle(import.meta.url);
           const __filename = import.meta.filename ?? import.meta.url;`,
    },
    logLevel: 'error',
  });
  const children = new Set<ChildProcess>();

  return {
    start: async (args) => {
      const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });
      children.add(child);
      const exitCode = once(child, 'exit').then(([code]) => {
        children.delete(child);
        return code as number | null;
      });
      if (!child.stdout) throw new Error('what it prints is read');
      const lines = createInterface({ input: child.stdout });
      const [firstLine] = (await Promise.race([once(lines, 'line'), once(lines, 'close').then(() => [''])])) as [
        string,
      ];
      return {
        firstLine,
        exitCode,
        kill: (signal) => child.kill(signal),
        ask: async (question) => {
          const answer = once(child, 'message');
          child.send(question);
          return ((await Promise.race([answer, exitCode.then(() => [undefined])])) as unknown[])[0];
        },
      };
    },
    close: async () => {
      const ends = [...children].map((child) => once(child, 'exit'));
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(ends);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
