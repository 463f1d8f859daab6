import { randomInt } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EnxameError, fromErrorInfo, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { toNameKey } from '@enxame/shared/identity/user-name';
import { lockFolder } from '@enxame/storage/folder-lock';
import { removeFile } from '@enxame/storage/durable-file';
import { writeJsonDocument } from '@enxame/storage/json-document';
import { createCloser } from '../closer.js';
import { defaultLimits } from '../limits.js';
import { createLowdbUserStore } from '../store/lowdb-user-store.js';
import { thisComputer } from './audit-log.js';
import { openAdministration } from './open-administration.js';
import { orderAnswerSchema, ordersFolder, type Order } from './orders.js';

const answerTimeoutMs = 15_000;
const lookMs = 100;

/**
 * Makes a user an administrator, by whoever may write in the data folder: directly where no tracker runs, else by an
 * order to the one that does. Throws `person-not-found`, `path-not-found`, `timed-out`.
 */
export async function addAdmin(dataFolder: string, name: string, now: () => number, stop: AbortSignal): Promise<void> {
  await stat(join(dataFolder, 'identity.json')).catch((error: unknown) => {
    throw new EnxameError('path-not-found', { path: join(dataFolder, 'identity.json') }, { cause: error });
  });
  try {
    await addDirectly(dataFolder, name, now);
  } catch (error) {
    if (!isErrorWithCode(error, 'data-folder-locked')) throw error;
    await order(dataFolder, { appoint: name }, stop);
  }
}

async function addDirectly(dataFolder: string, name: string, now: () => number): Promise<void> {
  const closer = createCloser();
  try {
    const lock = await lockFolder(dataFolder);
    closer.add(() => lock.close());
    const onBroken = (notice: EnxameError): never => {
      throw notice; // nothing is decided on half of what is known
    };
    const users = await createLowdbUserStore(dataFolder, { onBroken }).load();
    const user = users.find((known) => toNameKey(known.name) === toNameKey(name));
    if (!user) throw new EnxameError('person-not-found', { name });
    const administration = await openAdministration({ dataFolder, limits: defaultLimits, now, onBroken }, closer);
    await administration.appoint(user.id);
    await administration.audit.add(thisComputer, 'appoint', user.name);
  } finally {
    await closer.close();
  }
}

async function order(dataFolder: string, wanted: Order, stop: AbortSignal): Promise<void> {
  const path = join(ordersFolder(dataFolder), `${String(randomInt(2 ** 47))}.json`);
  const answerPath = path.replace(/\.json$/, '.answer.json');
  await writeJsonDocument(path, wanted);
  try {
    for (let waited = 0; waited < answerTimeoutMs; waited += lookMs) {
      const text = await readIfThere(answerPath);
      if (text !== undefined) {
        const answer = orderAnswerSchema.parse(JSON.parse(text));
        if ('error' in answer) throw fromErrorInfo(answer.error);
        return;
      }
      await wait(lookMs, undefined, { signal: stop });
    }
    throw new EnxameError('timed-out');
  } finally {
    await removeFile(path);
    await removeFile(answerPath);
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
