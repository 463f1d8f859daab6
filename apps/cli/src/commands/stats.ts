import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { untilConnected } from '../engine/tracker-ready.js';
import { formatBytes } from '../output/format.js';
import { toTable } from '../output/table.js';
import { adminWords } from '../words/admin-words.js';

const topShown = 10;

/** What the tracker has counted. */
export function runStats(context: CommandContext): Promise<Outcome> {
  const { language } = context;
  return withEngine(context, async ({ client }) => {
    await untilConnected(client, context.stop);
    const stats = await client.call('stats:read', {});
    const { stats: words, columns, online } = adminWords[language];
    const size = (bytes: number): string => formatBytes(bytes, language);
    const count = new Intl.NumberFormat(language);
    const text = (): string => {
      const lines = [
        [words.people, online(stats.usersOnline, stats.users)],
        [words.files, `${count.format(stats.entries)} (${size(stats.contentBytes)})`],
        [words.hosted, `${count.format(stats.hostedCopies)} (${size(stats.hostedBytes)})`],
        [words.links, count.format(stats.links)],
        [words.downloads, count.format(stats.downloads)],
        [words.direct, size(stats.bytes.direct)],
        [words.relayed, size(stats.bytes.relayed)],
        [words.fromTracker, size(stats.bytes.hosted)],
        [words.since, new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(stats.since)],
      ] as const;
      const width = Math.max(...lines.map(([label]) => label.length));
      const shown = lines.map(([label, value]) => `${label.padEnd(width)}  ${value}`).join('\n');
      if (stats.topDownloads.length === 0) return shown;
      const top = toTable(
        [
          { title: columns.downloads, cell: ({ downloads }) => count.format(downloads), align: 'right' },
          { title: columns.size, cell: ({ bytes }) => size(bytes), align: 'right' },
          { title: columns.name, cell: ({ name }) => name },
        ],
        stats.topDownloads.slice(0, topShown),
      );
      return `${shown}\n\n${top}`;
    };
    return { document: stats, text };
  });
}
