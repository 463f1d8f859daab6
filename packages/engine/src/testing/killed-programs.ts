import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createEngineClient, type EngineClient } from '@enxame/shared/engine/engine-client';

/** A program in a process of its own that can be killed as a crash would, and started again on what is left of it. */
export interface KilledProgram {
  kill(): Promise<void>;
}

export interface KilledEngine extends KilledProgram {
  readonly client: EngineClient;
  /** Sets its clock forward, or back, from what it is. */
  setClock(byMs: number): void;
  /** Nothing of it runs until it wakes up, so much later by its clock. */
  sleep(): void;
  wakeUp(laterMs: number): void;
}

const packageFolder = fileURLToPath(new URL('../..', import.meta.url));
const trackerProgram = fileURLToPath(new URL('../../../../apps/tracker/dist/main.js', import.meta.url));

/** The built engine, driven over IPC. Run from this package, where its imports are found. */
const engineProgram = `
  import { createEngine } from './dist/engine.js';
  import { pino } from 'pino';
  const [dataFolder, downloadsFolder] = process.argv.slice(1);
  const realNow = Date.now;
  let aheadMs = 0;
  Date.now = () => realNow() + aheadMs;
  process.on('message', ({ byMs }) => { aheadMs += byMs ?? 0; });
  const engine = await createEngine({ dataFolder, downloadsFolder, version: '0', logger: pino({ level: 'fatal' }) });
  engine.accept({
    send: (frame) => process.send?.({ frame }),
    onFrame: (listener) => process.on('message', ({ frame }) => { if (frame !== undefined) listener(frame); }),
    onClose: (listener) => process.once('disconnect', listener),
    close: () => undefined,
  });
  process.once('disconnect', () => void engine.close());
  process.send({ ready: true });
`;

function toKilled(child: ChildProcess): KilledProgram {
  return {
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

export async function startKilledEngine(dataFolder: string, downloadsFolder: string): Promise<KilledEngine> {
  const args = ['--input-type=module', '-e', engineProgram, dataFolder, downloadsFolder];
  const child = spawn(process.execPath, args, { cwd: packageFolder, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await once(child, 'message');
  const client = createEngineClient({
    send: (frame) => {
      if (child.connected) child.send({ frame });
    },
    onFrame: (listener) => {
      child.on('message', (message: { frame?: unknown }) => {
        if (message.frame !== undefined) listener(message.frame);
      });
    },
    onClose: (listener) => void child.once('disconnect', listener),
    close: () => {
      if (child.connected) child.disconnect();
    },
  });
  const setClock = (byMs: number): void => {
    child.send({ byMs });
  };
  return {
    client,
    setClock,
    sleep: () => child.kill('SIGSTOP'),
    wakeUp: (laterMs) => {
      setClock(laterMs);
      child.kill('SIGCONT');
    },
    ...toKilled(child),
  };
}

export async function startKilledTracker(
  dataFolder: string,
  port: number,
): Promise<KilledProgram & { readonly url: string }> {
  const args = [trackerProgram, '--host', '127.0.0.1', '--port', String(port), '--data', dataFolder, '--json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { ready, url } = JSON.parse(line) as { ready?: boolean; url: string };
  if (ready !== true) throw new Error(line);
  return { url, ...toKilled(child) };
}
