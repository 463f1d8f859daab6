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
  /** Begin without asking. */
  readonly yes: boolean;
}

export function runGet(context: CommandContext, { id, to, yes }: GetOptions): Promise<Outcome> {
  const wanted = parseWanted(id);
  return withEngine(context, async ({ client, temporary }) => {
    // Without contact to the tracker the engine may still have it, and says so itself when it has not.
    if (temporary) await untilSettled(client, context.stop);
    const folder = to === undefined ? {} : { folder: resolve(context.workingFolder, to) };
    if (!yes && !context.json) await tellFirst(context, client, { id: wanted, ...folder });
    const started = await client.call('download:start', { id: wanted, ...folder });
    if (started.state === 'paused' || started.state === 'failed')
      await client.call('transfer:resume', { id: started.id });
    try {
      const { path, sha256 } = await untilInPlace(context, client, started);
      const { size, contentId, folder: counts } = started;
      const shownSize = formatBytes(size, context.language);
      const { words } = context;
      return {
        document: { path, size, files: counts?.files ?? null, contentId, sha256, id: started.entryId },
        text: () =>
          counts
            ? words.folders.receivedFolder(path, shownSize, counts.files)
            : words.received(path, shownSize, sha256 ?? ''),
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

/** What the download would meet; asks a person when something is to be decided. Throws `cancelled` after a no. */
async function tellFirst(
  { words, language, terminal }: CommandContext,
  client: EngineClient,
  wanted: { readonly id: EntryId | ContentId; readonly folder?: string },
): Promise<void> {
  const told = await client.call('download:check', wanted);
  const bytes = (count: number): string => formatBytes(count, language);
  const { name, files, folder, savedAs, collision, fits } = told;
  const here = told.bytesHere > 0 ? bytes(told.bytesHere) : null;
  const sizes = { size: bytes(told.size), toFetch: bytes(told.bytesToFetch), free: bytes(told.freeBytes) };
  const tell = (text: string): void => {
    for (const line of text.split('\n')) terminal.tell(toPrintable(line));
  };
  tell(words.folders.preflight({ name, files, folder, here, ...sizes }));
  if (collision === 'other') tell(words.folders.savedAs(savedAs, name));
  if (!fits) tell(words.folders.noRoom);
  if ((collision !== 'other' && fits) || !terminal.ask) return;
  if (!words.codes.isYes(await terminal.ask(words.folders.askGet))) throw new EnxameError('cancelled');
}

interface InPlace {
  readonly path: string;
  /** Null of a folder. */
  readonly sha256: string | null;
}

/** Settles when the file is verified, in place, and its SHA-256 known; a folder when it is verified. Throws why it failed; `cancelled` when asked to stop. */
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
    const isWhole = sha256 !== null || transfer.folder !== null;
    if (state === 'verified' && path !== null && isWhole) return { path, sha256 };
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
