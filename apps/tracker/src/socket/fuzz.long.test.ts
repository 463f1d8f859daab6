import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { runFuzzRounds } from '../test-kit/fuzz-rounds.js';
import { fuzzProgram } from '../test-kit/fuzz-targets.js';

const seed = Number(process.env['ENXAME_SEED'] ?? randomInt(2 ** 31));
/** Fewer, to do them in parts where the machine has other work. */
const messages = Number(process.env['ENXAME_MESSAGES'] ?? 1_000_000);
/** People that join and leave stay known, each with some hundred bytes; more than this would be something that is kept. */
const grownMib = 60;

it(`T3: ${String(messages)} messages do not end the tracker, nor does its memory grow (ENXAME_SEED=${String(seed)})`, async () => {
  const target = await fuzzProgram();
  try {
    const report = await runFuzzRounds({ seed, messages, target });
    process.stdout.write(`${JSON.stringify({ seed, ...report })}\n`);
    const grown = (mib: readonly number[]): number => Number(mib.at(-1)) - Number(mib[0]);
    expect(grown(report.heapMib)).toBeLessThan(grownMib);
    expect(grown(report.rssMib)).toBeLessThan(2 * grownMib);
  } finally {
    await target.close();
  }
});
