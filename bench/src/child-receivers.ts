import { join } from 'node:path';
import { createEngine } from '@enxame/engine/engine';
import { createEngineClient, type EngineClient } from '@enxame/shared/engine/engine-client';
import { createMemoryCarrierPair } from '@enxame/shared/engine/memory-carrier';
import { pino } from 'pino';
import { receiveByCode } from './code-person.js';

// A program of its own: so many engines in one process, each of which takes what waits under a code. Arguments: a folder,
// and how many. Told a link over IPC, all begin at once; the answer comes when the last of them has it.

export interface ReceiversAnswer {
  readonly received: number;
  readonly failures: readonly string[];
  readonly maxRssMib: number;
}

const [folder = '', count = '1'] = process.argv.slice(2);
const logger = pino({ level: 'error' }, pino.destination(2));
const people = await Promise.all(
  Array.from({ length: Number(count) }, async (_, index) => {
    const own = join(folder, String(index));
    const engine = await createEngine({
      dataFolder: join(own, 'data'),
      downloadsFolder: join(own, 'downloads'),
      version: 'bench',
      logger,
    });
    const [near, far] = createMemoryCarrierPair();
    engine.accept(far);
    return { engine, client: createEngineClient(near), own };
  }),
);

async function take(client: EngineClient, code: string, into: string): Promise<string | undefined> {
  try {
    await receiveByCode(client, { code, folder: into });
    return undefined;
  } catch (error) {
    return String(error);
  }
}

process.on('message', ({ link, name }: { readonly link: string; readonly name: string }) => {
  void Promise.all(people.map(({ client, own }) => take(client, link, join(own, name)))).then((results) => {
    const failures = results.filter((result) => result !== undefined);
    const maxRssMib = process.resourceUsage().maxRSS / 1024;
    const answer: ReceiversAnswer = { received: results.length - failures.length, failures, maxRssMib };
    process.send?.({ answer });
  });
});
process.once(
  'disconnect',
  () => void Promise.all(people.map(({ engine }) => engine.close())).then(() => process.exit()),
);
process.send?.({ ready: true });
