import { randomInt } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { runFuzzRounds } from '../test-kit/fuzz-rounds.js';

const seed = Number(process.env['ENXAME_SEED'] ?? randomInt(2 ** 31));
/** Fewer, to do them in parts where the machine has other work. */
const messages = Number(process.env['ENXAME_MESSAGES'] ?? 1_000_000);
/** People that join and leave stay known, each with some hundred bytes; more than this would be something that is kept. */
const grownMib = 100;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

it(`T3: ${String(messages)} messages do not end the tracker, nor does its memory grow (ENXAME_SEED=${String(seed)})`, async () => {
  const report = await runFuzzRounds({
    seed,
    messages,
    heapBytes: () => {
      collect();
      return process.memoryUsage().heapUsed;
    },
  });
  process.stdout.write(`${JSON.stringify({ seed, ...report })}\n`);
  expect(report.heapMib[1] - report.heapMib[0]).toBeLessThan(grownMib);
});
