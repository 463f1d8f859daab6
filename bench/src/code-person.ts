import { rm } from 'node:fs/promises';
import type { CodeReceive } from '@enxame/shared/engine/code';
import type { EngineClient } from '@enxame/shared/engine/engine-client';

// What people do with codes, and wait for.

/** Says a code and takes what comes, without thinking. Resolves when it is here; throws why it is not. */
export async function receiveByCode(
  client: EngineClient,
  wanted: { readonly code: string; readonly rendezvous?: string; readonly folder: string },
): Promise<CodeReceive> {
  const { folder, ...said } = wanted;
  const offered = await client.call('code:receive', said);
  if (offered.error) throw new Error(offered.error.code);
  const done = new Promise<CodeReceive>((resolve, reject) => {
    const look = ({ receives }: { readonly receives: readonly CodeReceive[] }): void => {
      const receive = receives.find(({ id }) => id === offered.id);
      if (receive?.state === 'failed') reject(new Error(receive.error?.code));
      if (receive?.state !== 'received') return;
      end();
      resolve(receive);
    };
    const end = client.on('codes:changed', look);
  });
  await client.call('code:accept', { id: offered.id, folder });
  return done;
}

/** Takes it off every list and off the disk. */
export async function removeReceived(client: EngineClient, { id, transferId, folder }: CodeReceive): Promise<void> {
  await client.call('code:remove', { id });
  if (transferId !== null) await client.call('transfer:remove', { id: transferId });
  await rm(folder, { recursive: true });
}

/** From the click to the file verified, flushed and in place, in milliseconds; by the peer protocol alone. */
export async function fetchMs(client: EngineClient, { transferId }: CodeReceive): Promise<number> {
  const { transfers } = await client.call('transfers:list', {});
  const transfer = transfers.find(({ id }) => id === transferId);
  if (!transfer) throw new Error('it did not come by the peer protocol');
  return (transfer.finishedAt ?? Number.NaN) - transfer.startedAt;
}
