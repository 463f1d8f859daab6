// npm run test:long [-- FILTER...]: the tests that take minutes (*.long.test.ts). Builds first, for some start the real
// programs. All take their chances from one seed, which is printed; ENXAME_SEED=... repeats a run.

import { randomInt } from 'node:crypto';
import { inProject, runNode } from './run-command.mjs';
import { runScript, setUp } from './setup.mjs';

await runScript(async () => {
  await setUp();
  const seed = process.env.ENXAME_SEED ?? String(randomInt(2 ** 31));
  process.stdout.write(`ENXAME_SEED=${seed}\n`);
  const args = ['run', '--config=vitest.long.config.ts', ...process.argv.slice(2)];
  const { code } = await runNode([inProject('node_modules/vitest/vitest.mjs'), ...args], {
    env: { ENXAME_SEED: seed },
  });
  if (code !== 0) process.stdout.write(`\nAgain: ENXAME_SEED=${seed} npm run test:long\n`);
  return code;
});
