import { join } from 'node:path';
import type { Handlers } from '@enxame/shared/messages/request-table';
import type { Stats, statsRequests } from '@enxame/shared/tracker/stats';
import { readJsonDocument } from '@enxame/storage/json-document';
import type { Closer } from '../closer.js';
import type { Clock } from '../domain/clock.js';
import type { Network } from '../domain/network.js';
import type { Turns } from '../domain/turns.js';
import { sessionOf, type Connection } from '../socket/connection.js';
import type { DocumentOptions, WriteFile } from '../store/document-adapter.js';
import { createContentTotals } from './content-totals.js';
import { createCounters, type Counters } from './counters.js';
import { emptyStats, statsRecordSchema, type MovedBytes } from './stats-record.js';

export const statsFile = 'stats.json';

export interface StatsDeps {
  readonly dataFolder: string;
  readonly network: Pick<Network, 'users' | 'presence' | 'index'>;
  readonly clock: Clock;
  readonly turns: Turns;
  readonly onBroken: DocumentOptions['onBroken'];
  readonly writeFile: WriteFile;
  readonly onLateFailure: (error: unknown) => void;
}

/** What others have of which is counted; they come after this does. */
export interface HostedTotals {
  readonly copies: number;
  readonly bytes: number;
  readonly links: number;
}

export interface OpenedStats {
  readonly counters: Counters;
  readonly handlers: Handlers<typeof statsRequests, Connection>;
  readonly read: () => Promise<Stats>;
  attach(hosted: () => HostedTotals): void;
}

/** Opens what was counted. `closer` gets what closes it, with what is not written yet. */
export async function openStats(deps: StatsDeps, closer: Closer): Promise<OpenedStats> {
  const { network, clock } = deps;
  const { index, presence, users } = network;
  const path = join(deps.dataFolder, statsFile);
  const record = (await readJsonDocument(path, statsRecordSchema, deps.onBroken)) ?? emptyStats(clock.now());
  const counters = createCounters({
    record,
    clock,
    usersOnline: () => presence.usersOnline,
    save: (next) => deps.writeFile(path, Buffer.from(`${JSON.stringify(next)}\n`)),
    onLateFailure: deps.onLateFailure,
  });
  closer.add(() => counters.close());
  const contentTotals = createContentTotals({ table: index.table, turns: deps.turns, clock });
  let hosted = (): HostedTotals => ({ copies: 0, bytes: 0, links: 0 });

  async function read(): Promise<Stats> {
    const { contents, bytes: contentBytes } = await contentTotals();
    const { copies: hostedCopies, bytes: hostedBytes, links } = hosted();
    return {
      ...counters.totals,
      users: users.size,
      usersOnline: presence.usersOnline,
      devicesOnline: presence.devicesOnline,
      entries: index.size,
      contents,
      contentBytes,
      hostedCopies,
      hostedBytes,
      links,
      // By the names that everybody may see: a link, or an entry for some people, may have had another.
      topDownloads: counters
        .top((contentId) => index.hasContent(contentId))
        .map((content) => ({
          ...content,
          name: index.find(content.contentId)?.entry.name ?? content.name,
        })),
    };
  }

  return {
    counters,
    read,
    attach: (totals) => {
      hosted = totals;
    },
    handlers: {
      'stats:read': (_payload, connection) => {
        sessionOf(connection);
        return read();
      },
      'download:report': ({ contentId, bytes }, connection) => {
        const { deviceId } = sessionOf(connection);
        const entry = index.find(contentId)?.entry;
        // What nobody shares any more is not counted, and nobody can have received more than there is.
        if (entry) {
          const moved = clampBytes(bytes, entry.size);
          counters.report(deviceId, { contentId: entry.contentId, name: entry.name, bytes: moved, isDownload: true });
        }
        return {};
      },
    },
  };
}

/** What a device says counts up to the size of the content: it may say what it likes. */
function clampBytes(bytes: MovedBytes, size: number): MovedBytes {
  const direct = Math.min(bytes.direct, size);
  const relayed = Math.min(bytes.relayed, size - direct);
  return { direct, relayed, hosted: Math.min(bytes.hosted, size - direct - relayed) };
}

/** Bytes that the tracker itself sent. */
export const hostedBytes = (bytes: number): MovedBytes => ({ direct: 0, relayed: 0, hosted: bytes });
