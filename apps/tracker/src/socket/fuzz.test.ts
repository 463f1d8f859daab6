import { expect, it } from 'vitest';
import { runFuzzRounds } from '../test-kit/fuzz-rounds.js';

it('T3: two thousand messages of every name, that fit or nearly, are answered, and none is unforeseen', async () => {
  const { outcomes } = await runFuzzRounds({
    seed: 7,
    messages: 2000,
    heapBytes: () => process.memoryUsage().heapUsed,
  });
  // The schemas were met, or what is behind them was never reached.
  expect(outcomes['ok']).toBeGreaterThan(200);
  expect(outcomes['bad-request']).toBeGreaterThan(200);
});
