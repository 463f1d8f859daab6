import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { runKillRounds } from './test-kit/kill-rounds.js';

const seed = Number(process.env['ENXAME_SEED'] ?? randomInt(2 ** 31));
/** Fewer, to do them in parts where the machine has other work. */
const kills = Number(process.env['ENXAME_KILLS'] ?? 200);
/** Even where a disk takes its time: some answers between two kills. */
const acknowledgedForEach = 5;

it(`T30: killed ${String(kills)} times at random moments, the tracker loses nothing (ENXAME_SEED=${String(seed)})`, async () => {
  const report = await runKillRounds({ seed, kills });
  process.stdout.write(`${JSON.stringify({ seed, ...report })}\n`);
  expect(report.acknowledged).toBeGreaterThan(kills * acknowledgedForEach);
});
