import { watch } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorInfoSchema, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { removeFile } from '@enxame/storage/durable-file';
import { writeJsonDocument } from '@enxame/storage/json-document';
import { z } from 'zod';
import type { Closer } from '../closer.js';

// Orders to a tracker that runs, from whoever may write in its data folder: `orders/<number>.json`, answered by
// `orders/<number>.answer.json`. Both come by a rename, so neither is ever read half written.

export const ordersFolder = (dataFolder: string): string => join(dataFolder, 'orders');
export const orderSchema = z.strictObject({ appoint: z.string().min(1).max(1000) });
export type Order = z.infer<typeof orderSchema>;
export const orderAnswerSchema = z.union([
  z.strictObject({ appointed: z.string() }),
  z.strictObject({ error: errorInfoSchema }),
]);

const isOrder = (file: string): boolean => /^\d+\.json$/.test(file);

/** Carries out orders as they come, one after the other. What was ordered before the start is not: nobody waits for it. */
export async function takeOrders(
  deps: {
    readonly dataFolder: string;
    /** Throws `person-not-found`. */
    readonly appoint: (name: string) => Promise<unknown>;
    readonly onInternal: (error: unknown) => void;
  },
  closer: Closer,
): Promise<void> {
  const folder = ordersFolder(deps.dataFolder);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let working = Promise.resolve();

  async function answer(file: string): Promise<void> {
    const path = join(folder, file);
    const reply = await carryOut(path).catch((error: unknown) => ({ error: toErrorInfo(error) }));
    await removeFile(path);
    await writeJsonDocument(path.replace(/\.json$/, '.answer.json'), reply);
  }

  async function carryOut(path: string): Promise<z.input<typeof orderAnswerSchema>> {
    const { appoint } = orderSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    await deps.appoint(appoint);
    return { appointed: appoint };
  }

  const look = (): void => {
    working = working
      .then(async () => {
        for (const file of await readdir(folder)) if (isOrder(file)) await answer(file);
      })
      .catch(deps.onInternal);
  };
  const watcher = watch(folder, look);
  watcher.on('error', deps.onInternal);
  closer.add(async () => {
    watcher.close();
    await working;
  });
}
