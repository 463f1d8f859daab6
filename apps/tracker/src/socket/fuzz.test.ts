import { expect, it } from 'vitest';
import { runFuzzRounds } from '../test-kit/fuzz-rounds.js';
import { fuzzHere } from '../test-kit/fuzz-targets.js';

it('T3: two thousand messages of every name, that fit or nearly, are answered, and none is unforeseen', async () => {
  const target = await fuzzHere();
  try {
    const { outcomes } = await runFuzzRounds({ seed: 7, messages: 2000, target });
    // The schemas were met, or what is behind them was never reached.
    expect(outcomes['ok']).toBeGreaterThan(200);
    expect(outcomes['bad-request']).toBeGreaterThan(200);
  } finally {
    await target.close();
  }
});
