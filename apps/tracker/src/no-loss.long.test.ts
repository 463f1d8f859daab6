import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { runKillRounds } from './test-kit/kill-rounds.js';

const seed = Number(process.env['ENXAME_SEED'] ?? randomInt(2 ** 31));

it(`T30: killed 200 times at random moments, the tracker loses nothing (ENXAME_SEED=${String(seed)})`, async () => {
  const report = await runKillRounds({ seed, kills: 200 });
  process.stdout.write(`${JSON.stringify({ seed, ...report })}\n`);
  expect(report.acknowledged).toBeGreaterThan(1000);
});
