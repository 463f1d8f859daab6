import { expect, it } from 'vitest';
import { createSpeedHistory, historySeconds } from './speed-history.js';

it('holds a speed until the next one, a number a second', () => {
  const history = createSpeedHistory();
  history.record('a', 1000, 5);
  history.record('a', 3000, 7);
  history.record('a', 3900, 8);
  expect(history.series('a', 5000)).toEqual([5, 5, 8, 8, 8]);
  expect(history.series('b', 5000)).toEqual([]);
});

it('goes back two minutes and no further', () => {
  const history = createSpeedHistory();
  for (let second = 0; second < 500; second++) history.record('a', second * 1000, second);
  const series = history.series('a', 499_000);
  expect(series).toHaveLength(historySeconds);
  expect(series.at(-1)).toBe(499);
  expect(series[0]).toBe(500 - historySeconds);
  history.record('still', 0, 3);
  expect(history.series('still', 1_000_000)).toEqual(Array.from({ length: historySeconds }, () => 3));
});
