import { resolve } from 'node:path';
import { maxSharePaths, type EngineCalls } from '@enxame/shared/engine/calls';
import type { EngineClient } from '@enxame/shared/engine/engine-client';
import type { Share } from '@enxame/shared/engine/share';
import type { ShareNotes } from '@enxame/shared/engine/share-notes';
import { sharePages } from '@enxame/shared/engine/share-pages';
import { EnxameError, fromErrorInfo, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { EntryId } from '@enxame/shared/ids';
import type { PayloadIn } from '@enxame/shared/messages/request-table';
import type { CommandContext, Outcome } from '../command-context.js';
import { withRunningEngine } from '../engine/engine-link.js';
import { follow } from '../engine/follow.js';
import { describeFailure } from '../output/failure.js';
import { formatBytes } from '../output/format.js';
import { createProgressBar } from '../output/progress-bar.js';
import { toTable } from '../output/table.js';
import { toVisibility, type VisibilityFlags } from './visibility.js';

/** With the tracker there, an announcement takes some milliseconds; without it, sharing goes on all the same. */
const announceTimeoutMs = 5000;

export interface ShareFlags extends VisibilityFlags {
  readonly each?: boolean;
  readonly together?: string;
}

export function runShare(context: CommandContext, paths: readonly string[], flags: ShareFlags = {}): Promise<Outcome> {
  return withRunningEngine(context, async ({ client }) => {
    const absolute = paths.map((path) => resolve(context.workingFolder, path));
    if (absolute.length > maxSharePaths) throw new EnxameError('too-large');
    const { each, together } = flags;
    const visibility = await toVisibility(context, client, flags);
    const how = { ...(each === true && { each }), ...(together !== undefined && { together }), ...(visibility && { visibility }) }; // prettier-ignore
    const notes = await addWithProgress(context, client, { paths: absolute, ...how });
    const { shares, refused } = notes;
    const [firstRefused] = refused;
    if (firstRefused && shares.length === 0) throw fromErrorInfo(firstRefused.error);
    const announced = await untilAnnounced(context, client, shares);
    const entries = announced.map(({ id, contentId, name, size, files, path, visibility: seenBy, announced: isAnnounced }) => ({
      id, contentId, name, size, files, path, visibility: seenBy, announced: isAnnounced,
    })); // prettier-ignore
    const failures = refused.map(({ path, error }) => ({ path, error: describeFailure(error, context.language) }));
    return {
      document: {
        entries,
        hidden: notes.hiddenCount,
        renamed: notes.renamed,
        ...(failures[0] && { refused: failures, error: failures[0].error }),
      },
      text: () => [describe(context, announced), ...describeNotes(context, notes)].join('\n'),
      failed: failures.length > 0,
    };
  });
}

async function addWithProgress(
  context: CommandContext,
  client: EngineClient,
  wanted: PayloadIn<EngineCalls, 'share:add'>,
) {
  const { paths } = wanted;
  const bar = createProgressBar(context, paths.length === 1 ? (paths[0] ?? '') : `${String(paths.length)}×`);
  const hashing = new Map<EntryId, Share>();
  const stopWatching = client.on('shares:changed', ({ upserted }) => {
    for (const share of upserted) {
      if (share.state === 'hashing' || hashing.has(share.id)) hashing.set(share.id, share);
    }
    const sum = (pick: (share: Share) => number): number =>
      [...hashing.values()].reduce((total, share) => total + pick(share), 0);
    const bytesDone = sum((share) => (share.contentId === null ? share.bytesHashed : share.size));
    bar.update({ label: context.words.hashing, bytesDone, bytesTotal: sum((share) => share.size) });
  });
  try {
    return await client.call('share:add', wanted);
  } finally {
    stopWatching();
    bar.close();
  }
}

/** So that a script that shares here and lists there finds it. A tracker that is away stops nobody from sharing. */
async function untilAnnounced(
  context: CommandContext,
  client: EngineClient,
  added: readonly Share[],
): Promise<Share[]> {
  const { tracker, user } = await client.call('status:get', {});
  const wanted = new Set(added.map(({ id }) => id));
  const read = async (): Promise<Share[]> => {
    const found: Share[] = [];
    for await (const page of sharePages(client)) found.push(...page.filter(({ id }) => wanted.has(id)));
    return found;
  };
  if (!tracker?.connected || !user) return read();
  const latest = new Map<EntryId, Share>();
  try {
    return await follow({
      client,
      read,
      subscribe: (listener) =>
        client.on('shares:changed', ({ upserted }) => {
          listener(upserted.filter(({ id }) => wanted.has(id)));
        }),
      decide: (changed) => {
        for (const share of changed) latest.set(share.id, share);
        const known = [...latest.values()];
        return known.length === wanted.size && known.every(({ announced }) => announced) ? known : undefined;
      },
      stop: context.stop,
      timeoutMs: announceTimeoutMs,
    });
  } catch (error) {
    if (!isErrorWithCode(error, 'timed-out')) throw error;
    return read();
  }
}

function describe({ words, language }: CommandContext, shares: readonly Share[]): string {
  const table = toTable(
    [
      { title: words.columns.id, cell: ({ id }) => id },
      { title: words.columns.size, cell: ({ size }) => formatBytes(size, language), align: 'right' },
      { title: words.columns.files, cell: ({ files }) => (files === null ? '' : String(files)), align: 'right' },
      { title: words.columns.name, cell: ({ name }) => name },
    ],
    shares,
  );
  const waiting = shares.some(({ announced }) => !announced) ? [words.notAnnounced] : [];
  return [table, words.shared(shares.length), ...waiting].join('\n');
}

function describeNotes({ words, language }: CommandContext, notes: ShareNotes): string[] {
  const { refused, refusedCount, renamed, renamedCount, hiddenCount } = notes;
  const [first] = renamed;
  return [
    ...(hiddenCount > 0 ? [words.folders.hidden(hiddenCount)] : []),
    ...(first ? [words.folders.renamed(renamedCount, first.path, first.as)] : []),
    ...refused.map(({ error }) => describeFailure(error, language).message),
    ...(refusedCount > refused.length ? [words.folders.refusedMore(refusedCount - refused.length)] : []),
  ];
}
