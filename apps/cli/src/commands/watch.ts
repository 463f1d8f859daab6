import { resolve } from 'node:path';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine, withRunningEngine } from '../engine/engine-link.js';
import { describeFailure } from '../output/failure.js';
import { toTable } from '../output/table.js';
import { personWords } from '../words/person-words.js';
import { describeVisibility, toVisibility, type VisibilityFlags } from './visibility.js';

export interface WatchFlags extends VisibilityFlags {
  /** What is in it already is not shared. */
  readonly newOnly?: boolean;
}

/** Shares what lands in a folder; without one, lists those that are watched. */
export function runWatch(context: CommandContext, path: string | undefined, flags: WatchFlags): Promise<Outcome> {
  if (path === undefined) return listWatched(context);
  return withRunningEngine(context, async ({ client }) => {
    const visibility = await toVisibility(context, client, flags);
    const folder = await client.call('watched:add', {
      path: resolve(context.workingFolder, path),
      existing: flags.newOnly !== true,
      ...(visibility && { visibility }),
    });
    return {
      document: { folder },
      text: () => personWords[context.language].watching(folder.path, describeVisibility(context, folder.visibility)),
    };
  });
}

function listWatched(context: CommandContext): Promise<Outcome> {
  const { columns, noneWatched } = personWords[context.language];
  return withEngine(context, async ({ client }) => {
    const { folders } = await client.call('watched:list', {});
    const describe = (): string => {
      if (folders.length === 0) return noneWatched;
      const table = toTable(
        [
          { title: columns.shared, cell: ({ shared }) => String(shared), align: 'right' },
          { title: columns.waiting, cell: ({ waiting }) => String(waiting), align: 'right' },
          { title: columns.who, cell: ({ visibility }) => describeVisibility(context, visibility) },
          { title: columns.folder, cell: ({ path }) => path },
        ],
        folders,
      );
      const failures = folders.flatMap(({ error }) =>
        error ? [describeFailure(error, context.language).message] : [],
      );
      return [table, ...failures].join('\n');
    };
    return { document: { folders }, text: describe };
  });
}

export function runUnwatch(context: CommandContext, path: string): Promise<Outcome> {
  return withEngine(context, async ({ client }) => {
    const absolute = resolve(context.workingFolder, path);
    await client.call('watched:remove', { path: absolute });
    return { document: { path: absolute }, text: () => personWords[context.language].unwatched };
  });
}
