// npm test: sets up whatever is missing, the browser included, runs every suite, and adds them up in its last line.
// Fails when anything failed, when a suite ran no test, and when one that should have run could not.

import { checkSteps } from './check-steps.mjs';
import { ensureBrowser } from './find-browser.mjs';
import { ensurePartners } from './partner-programs.mjs';
import { runNode } from './run-command.mjs';
import { runScript, setUp } from './setup.mjs';
import { findFaults, toLastLine } from './test-report.mjs';
import { runPlaywright, runVitest } from './test-suites.mjs';

const startedAt = Date.now();
const say = (line) => process.stdout.write(`${line}\n`);
const results = [];
const suites = ['check', 'unit', 'contract', 'process'];
let isSetUp = false;

await runScript(async () => {
  await setUp({ say });
  isSetUp = true;
  await part('check', runCheck);
  await part('unit tests and contract suites', () => runVitest('vitest.config.ts', 'unit'));
  await part('tests of processes', async () => {
    await ensurePartners(say);
    return runVitest('vitest.process.config.ts', 'process');
  });
  await part('end to end, in a browser', runEndToEnd);
  return report();
});
if (!isSetUp) say('0 passed, 1 failed, 0 skipped');

async function part(title, run) {
  say(`\n== ${title} (${Math.round((Date.now() - startedAt) / 1000)} s)\n`);
  try {
    results.push(...(await run()));
  } catch (error) {
    results.push({ suite: title, name: `could not be run: ${error.stack ?? error}`, state: 'failed' });
  }
}

/** Each step is one test; the unit tests are counted one by one, later. What a step says is shown when it fails. */
async function runCheck() {
  const stepResults = [];
  const waiting = [...checkSteps];
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) stepResults.push(await runStep(step));
  };
  await Promise.all([work(), work()]); // one for each core of the smallest machine that this must be quick on
  return stepResults;
}

async function runStep({ name, args }) {
  const { code, output } = await runNode(args, { capture: true });
  say(`${code === 0 ? 'passed' : 'FAILED'}  ${name}${code === 0 ? '' : `\n${output}`}`);
  return { suite: 'check', name, state: code === 0 ? 'passed' : 'failed' };
}

async function runEndToEnd() {
  const browser = await ensureBrowser(say);
  if (!browser.env) return [{ suite: 'e2e', name: `no Chromium: ${browser.reason}`, state: 'failed' }];
  const { suites: projects, results: found } = await runPlaywright(browser.env);
  suites.push(...(projects.length > 0 ? projects : ['e2e']));
  return found;
}

function report() {
  const told = (state) => results.filter((result) => result.state === state);
  say('');
  for (const { suite, name, reason } of told('skipped'))
    say(`skipped  ${suite}: ${name}${reason ? `  (${reason})` : ''}`);
  for (const { suite, name } of told('failed')) say(`FAILED   ${suite}: ${name}`);
  const faults = findFaults(results, suites);
  for (const fault of faults) say(`FAILED   ${fault}`);
  const all = [...results, ...faults.map((name) => ({ suite: 'npm test', name, state: 'failed' }))];
  say(`\n${Math.round((Date.now() - startedAt) / 1000)} s in all\n`);
  say(toLastLine(all));
  return all.some(({ state }) => state === 'failed') ? 1 : 0;
}
