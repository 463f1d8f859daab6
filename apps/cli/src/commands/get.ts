import { resolve } from 'node:path';
import type { EngineClient } from '@enxame/shared/engine/engine-client';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { EnxameError, fromErrorInfo, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { contentIdSchema, entryIdSchema, type ContentId, type EntryId } from '@enxame/shared/ids';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { follow } from '../engine/follow.js';
import { untilSettled } from '../engine/tracker-ready.js';
import { describeFailure } from '../output/failure.js';
import { formatBytes } from '../output/format.js';
import { toPrintable } from '../output/printable.js';
import { createProgressBar } from '../output/progress-bar.js';

export interface GetOptions {
  readonly id: string;
  /** Another folder than the managed one. */
  readonly to: string | undefined;
}

export function runGet(context: CommandContext, { id, to }: GetOptions): Promise<Outcome> {
  const wanted = parseWanted(id);
  return withEngine(context, async ({ client, temporary }) => {
    // Without contact to the tracker the engine may still have it, and says so itself when it has not.
    if (temporary) await untilSettled(client, context.stop);
    const folder = to === undefined ? {} : { folder: resolve(context.workingFolder, to) };
    const started = await client.call('download:start', { id: wanted, ...folder });
    if (started.state === 'paused' || started.state === 'failed')
      await client.call('transfer:resume', { id: started.id });
    try {
      const { path, sha256 } = await untilInPlace(context, client, started);
      const { size, contentId } = started;
      return {
        document: { path, size, contentId, sha256, id: started.entryId },
        text: () => context.words.received(path, formatBytes(size, context.language), sha256),
      };
    } catch (error) {
      if (isErrorWithCode(error, 'cancelled')) {
        await client.call('transfer:pause', { id: started.id });
        throw new EnxameError('cancelled', { transfer: started.id }, { cause: error }); // which is a pause, and said so
      }
      throw error;
    }
  });
}

function parseWanted(id: string): EntryId | ContentId {
  const entryId = entryIdSchema.safeParse(id);
  if (entryId.success) return entryId.data;
  const contentId = contentIdSchema.safeParse(id);
  if (contentId.success) return contentId.data;
  throw new EnxameError('entry-not-found');
}

interface InPlace {
  readonly path: string;
  readonly sha256: string;
}

/** Settles when the file is verified, in place, and its SHA-256 known. Throws why it failed; `cancelled` when asked to stop. */
async function untilInPlace(context: CommandContext, client: EngineClient, started: Transfer): Promise<InPlace> {
  const { words, terminal, language } = context;
  const bar = createProgressBar(context, started.name);
  const told = new Set<string>();

  /** Each try to reach a source ends in the same words. A bar has its own, and its place on the screen. */
  function tellOnce(text: string): void {
    if (terminal.progress || told.has(text)) return;
    told.add(text);
    terminal.tell(toPrintable(text));
  }

  function decide(transfer: Transfer | undefined): InPlace | undefined {
    if (!transfer) throw new EnxameError('transfer-not-found');
    const { state, path, sha256, error, bytesDone, size, bytesPerSecond, secondsLeft } = transfer;
    if (state === 'failed') throw fromErrorInfo(error ?? { code: 'internal' });
    if (state === 'verified' && path !== null && sha256 !== null) return { path, sha256 };
    const label = state === 'verified' ? words.computingSha256 : words.states[state];
    bar.update({ label, bytesDone, bytesTotal: size, bytesPerSecond, secondsLeft });
    if (state === 'waiting' && !context.json)
      tellOnce(error ? describeFailure(error, language).message : words.waiting);
    return undefined;
  }

  try {
    return await follow<Transfer | undefined, InPlace>({
      client,
      read: async () => (await client.call('transfers:list', {})).transfers.find(({ id }) => id === started.id),
      subscribe: (listener) =>
        client.on('transfers:changed', ({ upserted, removed }) => {
          const changed = upserted.find(({ id }) => id === started.id);
          if (changed || removed.includes(started.id)) listener(changed);
        }),
      decide,
      stop: context.stop,
    });
  } finally {
    bar.close();
  }
}
