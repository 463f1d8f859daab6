import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createEngineClient, type EngineClient } from '@enxame/shared/engine/engine-client';

export interface Usage {
  readonly cpuSeconds: number;
  readonly rssMib: number;
  /** Since it started. */
  readonly maxRssMib: number;
  /** The longest time for which the engine did one thing, since it was asked last: see `LoopWatch`. */
  readonly loopHeldMs: number;
}

/** An engine in its own process, with the client that an interface would use. */
export interface EngineProcess {
  readonly client: EngineClient;
  usage(): Promise<Usage>;
  close(): Promise<void>;
}

/** `command` goes before its own command line, as that of a namespace does. */
export async function startEngineProcess(
  dataFolder: string,
  downloadsFolder: string,
  command: readonly string[] = [],
): Promise<EngineProcess> {
  const [execPath = process.execPath, ...before] = command;
  const child = fork(fileURLToPath(new URL('./child-engine.js', import.meta.url)), [dataFolder, downloadsFolder], {
    execPath,
    execArgv: command.length > 0 ? [...before, process.execPath] : [],
  });
  await nextMessage(child, 'ready');
  const client = createEngineClient({
    send: (frame) => child.send({ frame }),
    onFrame: (listener) => {
      child.on('message', (message: { frame?: unknown }) => {
        if (message.frame !== undefined) listener(message.frame);
      });
    },
    onClose: (listener) => {
      child.once('disconnect', listener);
    },
    close: () => {
      child.disconnect();
    },
  });
  return {
    client,
    usage: async () => {
      const answer = nextMessage(child, 'usage');
      child.send({ usage: true });
      return (await answer) as Usage;
    },
    close: async () => {
      if (child.connected) child.disconnect();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

function nextMessage(child: ChildProcess, key: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      child.off('message', listen);
      child.off('exit', fail);
    };
    const listen = (message: Record<string, unknown>): void => {
      if (!(key in message)) return;
      end();
      resolve(message[key]);
    };
    const fail = (): void => {
      end();
      reject(new Error('the engine process ended'));
    };
    child.on('message', listen);
    child.once('exit', fail);
  });
}
