import type { EngineCatalogueRow } from '@enxame/shared/engine/catalogue-row';
import type { Transfer, TransferSource } from '@enxame/shared/engine/transfer';
import { longName } from './scenario-content.js';
import { deviceId, sha256, transferId } from './scenario-ids.js';

const minute = 60_000;
const day = 24 * 60 * minute;

/** A transfer of a row, with nothing yet that the states would add. */
export function makeTransfer(
  row: EngineCatalogueRow,
  id: Transfer['id'],
  now: number,
  change: Partial<Transfer> = {},
): Transfer {
  return {
    id,
    direction: 'receive',
    state: 'moving',
    contentId: row.contentId,
    entryId: row.id,
    name: row.name,
    size: row.size,
    bytesDone: 0,
    bytesPerSecond: 0,
    secondsLeft: null,
    personName: row.owner.name,
    folder: null,
    priority: 'normal',
    limitBytesPerSecond: null,
    queue: null,
    sources: [],
    pieceCount: Math.max(1, Math.min(3424, Math.ceil(row.size / 1_000_000))),
    piecesVerified: 0,
    startedAt: now,
    finishedAt: null,
    path: null,
    sha256: null,
    error: null,
    ...change,
  };
}

function source(seed: number, userName: string, change: Partial<TransferSource>): TransferSource {
  return {
    deviceId: deviceId(seed),
    userName,
    state: 'moving',
    path: null,
    betterPathError: null,
    bytesPerSecond: 0,
    bytesDone: 0,
    piecesHeld: null,
    queue: null,
    error: null,
    ...change,
  };
}

/** One transfer in each state, both ways. */
export function makeTransfers(rows: readonly EngineCatalogueRow[], now: number): Transfer[] {
  const transfer = (seed: number, done: number, change: Partial<Transfer>): Transfer => {
    const row = rows[seed];
    if (!row) throw new Error(`the scenario has no row ${String(seed)}`);
    const made = makeTransfer(row, transferId(seed), now - 20 * minute, {
      bytesDone: Math.floor(row.size * done),
      ...change,
    });
    return { ...made, piecesVerified: Math.floor(made.pieceCount * done) };
  };
  const unreachable = (name: string) => ({ code: 'path-blocked' as const, params: { name } });
  return [
    transfer(3, 0.72, {
      state: 'failed',
      folder: { files: 2310, filesDone: 1664 },
      error: { code: 'disk-full', params: { folder: '/media/ana/Fotos' } },
    }),
    transfer(1, 0.412, {
      bytesPerSecond: 48_200_000,
      secondsLeft: 2640,
      priority: 'high',
      sources: [
        source(1, 'Marina Souza', { path: 'lan', bytesPerSecond: 31e6, bytesDone: 56_400_000_000 }),
        source(2, 'Rafael Lima', {
          path: 'punched',
          bytesPerSecond: 15.5e6,
          bytesDone: 22_900_000_000,
          piecesHeld: 3100,
        }),
        source(3, 'Beatriz Nakamura', {
          path: 'relay',
          bytesPerSecond: 1.7e6,
          bytesDone: 8_800_000_000,
          betterPathError: unreachable('Beatriz Nakamura'),
        }),
        source(7, 'ليلى حسن', { state: 'queued', path: 'direct', queue: { position: 2, startsInSeconds: 340 } }),
        source(8, 'Maximiliana Aparecida Albuquerque Filha', {
          state: 'failed',
          error: { code: 'source-stalled', params: { name: 'Maximiliana Aparecida Albuquerque Filha' } },
        }),
      ],
    }),
    transfer(4, 0.34, {
      bytesPerSecond: 2_100_000,
      secondsLeft: 1854,
      limitBytesPerSecond: 2_000_000,
      sources: [source(4, 'Lab server', { path: 'this-computer', bytesPerSecond: 2.1e6, bytesDone: 2_000_000_000 })],
    }),
    transfer(12, 0.62, {
      direction: 'send',
      bytesPerSecond: 11_600_000,
      secondsLeft: 21,
      personName: 'Beatriz Nakamura',
      sources: [source(3, 'Beatriz Nakamura', { path: 'reverse', bytesPerSecond: 11.6e6, bytesDone: 396_000_000 })],
    }),
    transfer(7, 0.2, { state: 'checking' }),
    transfer(8, 0.05, { state: 'waiting', error: { code: 'source-unreachable', params: { name: 'João Vitor' } } }),
    transfer(10, 0, { state: 'waiting', queue: { position: 1, startsInSeconds: 2640 } }),
    transfer(13, 0, { state: 'waiting', queue: { position: 2, startsInSeconds: 2820 }, priority: 'low' }),
    transfer(14, 0, { state: 'waiting', queue: { position: 3, startsInSeconds: null } }),
    transfer(2, 0.4, { state: 'paused' }),
    transfer(11, 1, { direction: 'send', state: 'sent', personName: 'Rafael Lima', finishedAt: now - 30 * minute }),
    {
      ...transfer(11, 1, {
        direction: 'send',
        state: 'received',
        personName: 'Marina Souza',
        finishedAt: now - 50 * minute,
      }),
      id: transferId(111),
    },
    transfer(0, 1, {
      state: 'verified',
      finishedAt: now - 8 * minute,
      path: '/home/ana/Enxame/thesis.pdf',
      sha256: sha256(0),
    }),
    transfer(6, 1, {
      state: 'verified',
      finishedAt: now - 2 * day,
      path: '/home/ana/Enxame/lecture-09-thermohaline-circulation.mp4',
      sha256: sha256(6),
    }),
    transfer(9, 1, {
      state: 'verified',
      finishedAt: now - 3 * day,
      path: `/home/ana/Enxame/${longName}`,
      sha256: sha256(9),
    }),
  ];
}
