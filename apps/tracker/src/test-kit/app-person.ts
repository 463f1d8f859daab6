import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createEngine, type Engine } from '@enxame/engine/engine';
import { createEngineClient, type EngineClient } from '@enxame/shared/engine/engine-client';
import { createMemoryCarrierPair } from '@enxame/shared/engine/memory-carrier';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import type { HostedCopy } from '@enxame/shared/tracker/hosted';
import { pino } from 'pino';

const hashWorkerUrl = new URL('../../../../packages/engine/dist/hashing/hash-worker.js', import.meta.url);
const folderWorkerUrl = new URL('../../../../packages/engine/dist/collections/folder-worker.js', import.meta.url);

/** Somebody with the app, on a computer of their own. */
export interface AppPerson {
  readonly engine: Engine;
  readonly client: EngineClient;
  readonly home: string;
}

export async function startAppPerson(trackerUrl: string, name: string, home: string): Promise<AppPerson> {
  const engine = await createEngine({
    dataFolder: join(home, 'data'),
    downloadsFolder: join(home, 'downloads'),
    version: '0',
    logger: pino({ level: 'silent' }),
    hashWorkerUrl,
    folderWorkerUrl,
  });
  const [near, far] = createMemoryCarrierPair();
  engine.accept(far);
  const client = createEngineClient(near);
  await client.call('tracker:use', { url: trackerUrl });
  await client.call('user:register', { name });
  return { engine, client, home };
}

/** A file, or a folder of files by their paths, once the tracker knows a source of it. */
export async function shareAs(
  { client, home }: AppPerson,
  name: string,
  files: Readonly<Record<string, Buffer>> | Buffer,
): Promise<ContentId> {
  const path = join(home, 'shared', name);
  await mkdir(join(path, '..'), { recursive: true });
  if (Buffer.isBuffer(files)) await writeFile(path, files);
  else {
    for (const [file, bytes] of Object.entries(files)) {
      await mkdir(join(path, file, '..'), { recursive: true });
      await writeFile(join(path, file), bytes);
    }
  }
  const { shares } = await client.call('share:add', { paths: [path] });
  const contentId = shares[0]?.contentId;
  if (!contentId) throw new Error(`${name} was not shared`);
  await appears(client, contentId);
  return contentId;
}

function appears(client: EngineClient, contentId: ContentId): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (rows: readonly { contentId: ContentId; sources: number }[]): void => {
      if (rows.some((row) => row.contentId === contentId && row.sources > 0)) resolve();
    };
    client.on('catalogue:changed', ({ diff }) => {
      look(diff.upserted);
    });
    const window = { offset: 0, limit: 50 };
    client.call('catalogue:watch', { watchId: 1, query: {}, window }).then(({ rows }) => {
      look(rows);
    }, reject);
  });
}

/** Once a copy of the person's is as wanted. */
export function copyBecomes(client: EngineClient, fits: (copy: HostedCopy) => boolean): Promise<HostedCopy> {
  return new Promise((resolve, reject) => {
    const look = (copies: readonly HostedCopy[]): void => {
      const copy = copies.find(fits);
      if (copy) resolve(copy);
    };
    client.on('hosted:changed', ({ upserted }) => {
      look(upserted);
    });
    client.call('hosted:watch', {}).then(
      ({ copies }) => {
        look(copies);
      },
      (error: unknown) => {
        // A tracker that comes back is watched anew by itself.
        if (!isErrorWithCode(error, 'tracker-offline'))
          reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}

/** Once the first transfer is verified. */
export function transferEnds(
  client: EngineClient,
  look: (transfer: Transfer) => void = () => undefined,
): Promise<Transfer> {
  return new Promise((resolve, reject) => {
    client.on('transfers:changed', ({ upserted }) => {
      for (const transfer of upserted) {
        look(transfer);
        if (transfer.state === 'verified') resolve(transfer);
        if (transfer.state === 'failed') reject(new Error(JSON.stringify(transfer.error)));
      }
    });
  });
}
