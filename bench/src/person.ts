import { rename, rm } from 'node:fs/promises';
import type { EngineClient } from '@enxame/shared/engine/engine-client';
import type { Transfer } from '@enxame/shared/engine/transfer';
import type { ContentId } from '@enxame/shared/ids';

// What a person does with an engine, and waits for.

export async function joinTracker(client: EngineClient, url: string, name: string): Promise<void> {
  await client.call('tracker:use', { url });
  await client.call('user:register', { name });
}

/** Shares, and waits for the SHA-256 too, so that hashing does not run beside the first transfer. */
export async function shareFile(client: EngineClient, path: string): Promise<ContentId> {
  const done = new Promise<ContentId>((resolve) => {
    const end = client.on('shares:changed', ({ upserted }) => {
      const ready = upserted.find((entry) => entry.path === path && entry.sha256 !== null && entry.announced);
      if (!ready?.contentId) return;
      end();
      resolve(ready.contentId);
    });
  });
  const { refused } = await client.call('share:add', { paths: [path] });
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
  return done;
}

export interface Fetched {
  /** From the click to the file verified, flushed and in place. */
  readonly ms: number;
  /** Takes the file away. Until then it is served to others. */
  readonly remove: () => Promise<void>;
}

/** Waits for the SHA-256 that follows, too, unmeasured. */
export async function fetchFile(client: EngineClient, contentId: ContentId, into: string): Promise<Fetched> {
  const done = new Promise<Transfer>((resolve, reject) => {
    const end = client.on('transfers:changed', ({ upserted }) => {
      const transfer = upserted.find((each) => each.contentId === contentId && each.direction === 'receive');
      if (transfer?.state === 'failed') reject(new Error(transfer.error?.code));
      if (transfer?.state !== 'verified' || transfer.sha256 === null) return;
      end();
      resolve(transfer);
    });
  });
  const { id } = await client.call('download:start', { id: contentId, folder: into });
  const transfer = await done;
  return {
    ms: (transfer.finishedAt ?? Number.NaN) - transfer.startedAt,
    remove: async () => {
      await client.call('transfer:remove', { id });
      await rm(into, { recursive: true });
    },
  };
}

/** As `fetchFile`, and nothing stays: milliseconds. */
export async function fetchOnce(client: EngineClient, contentId: ContentId, into: string): Promise<number> {
  const { ms, remove } = await fetchFile(client, contentId, into);
  await remove();
  return ms;
}

/** Shares a folder; milliseconds until it is hashed and in the catalogue. */
export async function shareFolder(
  client: EngineClient,
  path: string,
): Promise<{ readonly contentId: ContentId; readonly ms: number }> {
  const startedAt = performance.now();
  const announced = new Promise<ContentId>((resolve) => {
    const end = client.on('shares:changed', ({ upserted }) => {
      const ready = upserted.find((entry) => entry.path === path && entry.announced);
      if (!ready?.contentId) return;
      end();
      resolve(ready.contentId);
    });
  });
  const { refused } = await client.call('share:add', { paths: [path] });
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
  return { contentId: await announced, ms: performance.now() - startedAt };
}

/** From the click to the folder verified, flushed and in place, in milliseconds. What came is moved to `aside`. */
export async function fetchFolderOnce(
  client: EngineClient,
  contentId: ContentId,
  { into, aside }: { readonly into: string; readonly aside: string },
): Promise<number> {
  const done = new Promise<Transfer>((resolve, reject) => {
    const end = client.on('transfers:changed', ({ upserted }) => {
      const transfer = upserted.find((each) => each.contentId === contentId && each.direction === 'receive');
      if (transfer?.state === 'failed') reject(new Error(transfer.error?.code));
      if (transfer?.state !== 'verified') return;
      end();
      resolve(transfer);
    });
  });
  const { id } = await client.call('download:start', { id: contentId, folder: into });
  const { startedAt, finishedAt } = await done;
  await client.call('transfer:remove', { id });
  await rename(into, aside);
  return (finishedAt ?? Number.NaN) - startedAt;
}
