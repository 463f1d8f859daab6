import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { runUploadKills } from '../test-kit/upload-kills.js';

const seed = Number(process.env['ENXAME_SEED'] ?? randomInt(2 ** 31));
/** Fewer, to do them in parts where the machine has other work. */
const kills = Number(process.env['ENXAME_KILLS'] ?? 200);

it(`H27: killed ${String(kills)} times during uploads, the tracker keeps what it answered and nothing half done (ENXAME_SEED=${String(seed)})`, async () => {
  const report = await runUploadKills({ seed, kills });
  process.stdout.write(`${JSON.stringify({ seed, ...report })}\n`);
  expect(report.acknowledged).toBeGreaterThan(kills);
});
