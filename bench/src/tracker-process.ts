import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../apps/tracker/dist/main.js', import.meta.url));

/**
 * The real tracker as a process of its own. `url` is what an engine takes. `command` goes before its own command line, as
 * that of a namespace does; `host` is where it listens.
 */
export async function startTrackerProcess(
  dataFolder: string,
  { command = [], host = '127.0.0.1' }: { readonly command?: readonly string[]; readonly host?: string } = {},
): Promise<{ readonly url: string; readonly pid: number; close(): Promise<void> }> {
  const args = [program, '--json', '--host', host, '--port', '0', '--data', dataFolder];
  const [execPath = process.execPath, ...before] = command;
  const child = spawn(execPath, command.length > 0 ? [...before, process.execPath, ...args] : args, {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  // `ip netns exec` becomes the program that it starts: its number is the tracker's.
  return {
    url,
    pid: child.pid ?? 0,
    close: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
