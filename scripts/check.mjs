// npm run check: format, lint, import directions, types, dead code, unit tests. Two at a time, because the smallest
// machine that it must be quick on has two cores. Prints each result as it comes; fails when one of them failed.

import { otherSteps, typesThenLint } from './check-steps.mjs';
import { inProject, runNode } from './run-command.mjs';

const atOnce = 2;
const startedAt = performance.now();
const secondsSince = (time) => `${((performance.now() - time) / 1000).toFixed(1)} s`;

const unitTests = { name: 'unit tests', args: [inProject('node_modules/vitest/vitest.mjs'), 'run', '--reporter=dot'] };
const waiting = [typesThenLint, [unitTests], ...otherSteps.map((step) => [step])];
const failed = [];

async function work() {
  for (let steps = waiting.shift(); steps; steps = waiting.shift()) for (const step of steps) await check(step);
}

async function check({ name, args, clean }) {
  const began = performance.now();
  const { code, output } = await runNode(args, { capture: true, env: { NO_COLOR: '1', FORCE_COLOR: undefined } });
  const text = output.trimEnd();
  if (code === 0) {
    console.log(`ok      ${name}: ${toSum(text) || clean} (${secondsSince(began)})`);
    return;
  }
  failed.push(name);
  console.log(`FAILED  ${name} (${secondsSince(began)})\n${text}\n`);
}

/** The line that counts: of vitest the one with its tests, of the others the last. */
function toSum(text) {
  const lines = text.split('\n').map((line) => line.trim());
  return (lines.find((line) => line.startsWith('Tests ')) ?? lines.at(-1) ?? '').replace(/\s+/g, ' ');
}

await Promise.all(Array.from({ length: atOnce }, work));
const count = typesThenLint.length + otherSteps.length + 1;
console.log(
  `\n${count - failed.length} of ${count} passed in ${secondsSince(startedAt)}${failed.map((name) => `; failed: ${name}`).join('')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
