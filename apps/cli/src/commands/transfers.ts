import type { Transfer } from '@enxame/shared/engine/transfer';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { formatBytes, formatSeconds } from '../output/format.js';
import { toTable } from '../output/table.js';

export function runTransfers(context: CommandContext): Promise<Outcome> {
  return withEngine(context, async ({ client }) => {
    const { transfers } = await client.call('transfers:list', {});
    return { document: { transfers }, text: () => describe(context, transfers) };
  });
}

function describe({ words, language }: CommandContext, transfers: readonly Transfer[]): string {
  if (transfers.length === 0) return words.none.transfers;
  const state = ({ state, secondsLeft }: Transfer): string =>
    secondsLeft === null ? words.states[state] : `${words.states[state]} (${formatSeconds(secondsLeft)})`;
  return toTable(
    [
      { title: '', cell: ({ direction }) => (direction === 'receive' ? '↓' : '↑') },
      {
        title: words.columns.done,
        cell: ({ bytesDone, size }) => `${String(percent(bytesDone, size))}%`,
        align: 'right',
      },
      { title: words.columns.size, cell: ({ size }) => formatBytes(size, language), align: 'right' },
      { title: words.columns.state, cell: state },
      { title: words.columns.person, cell: ({ personName }) => personName },
      { title: words.columns.name, cell: ({ name }) => name },
    ],
    transfers,
  );
}

/** Rounded down: 100 is said only of what is whole. */
function percent(bytesDone: number, size: number): number {
  return size === 0 ? 100 : Math.floor((bytesDone / size) * 100);
}
