import type { TransferSource } from '@enxame/shared/engine/transfer';
import { expect, it } from 'vitest';
import { shareOf, sortSources } from './source-facts.js';

const source = (deviceId: string, change: Partial<TransferSource>): TransferSource =>
  ({ deviceId, state: 'moving', bytesDone: 0, bytesPerSecond: 0, ...change }) as TransferSource;

it('lists those that move first, then by what they brought, whatever their speed is now', () => {
  const sources = [
    source('a', { state: 'failed', bytesDone: 9 }),
    source('b', { bytesDone: 1, bytesPerSecond: 50 }),
    source('c', { bytesDone: 2, bytesPerSecond: 1 }),
    source('d', { state: 'queued' }),
  ];
  expect(sortSources(sources).map(({ deviceId }) => deviceId)).toEqual(['c', 'b', 'd', 'a']);
});

it('shares out what arrived, and nothing while nothing did', () => {
  const [one, two] = [source('a', { bytesDone: 3 }), source('b', { bytesDone: 1 })];
  expect(shareOf(one, { sources: [one, two] })).toBe(0.75);
  expect(shareOf(source('c', {}), { sources: [source('c', {})] })).toBe(0);
});
