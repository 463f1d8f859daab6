import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReceiversAnswer } from './child-receivers.js';

/** Many receivers of one code, in a few processes: one for each would measure how processes start. */
export interface CodeReceivers {
  /** All at once; until the last has it. `name`: of the folder that each gets for it. */
  receive(link: string, name: string): Promise<{ readonly ms: number; readonly answers: readonly ReceiversAnswer[] }>;
  close(): Promise<void>;
}

const perProcess = 25;

export async function startCodeReceivers(folder: string, count: number): Promise<CodeReceivers> {
  const children: ChildProcess[] = [];
  for (let left = count; left > 0; left -= perProcess) {
    const own = join(folder, String(children.length));
    const program = fileURLToPath(new URL('./child-receivers.js', import.meta.url));
    children.push(fork(program, [own, String(Math.min(perProcess, left))]));
  }
  await Promise.all(children.map((child) => untilSaid(child, 'ready')));
  return {
    receive: async (link, name) => {
      const startedAt = performance.now();
      const answers = await Promise.all(
        children.map(async (child) => {
          const answer = untilSaid(child, 'answer');
          child.send({ link, name });
          return (await answer) as ReceiversAnswer;
        }),
      );
      return { ms: performance.now() - startedAt, answers };
    },
    close: async () => {
      const ends = children.map((child) => once(child, 'exit'));
      for (const child of children) child.disconnect();
      await Promise.all(ends);
    },
  };
}

function untilSaid(child: ChildProcess, key: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (): void => {
      reject(new Error('the process of the receivers ended'));
    };
    child.once('exit', fail);
    child.once('message', (message: Record<string, unknown>) => {
      child.off('exit', fail);
      resolve(message[key]);
    });
  });
}
