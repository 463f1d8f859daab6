// npm test: sets up whatever is missing, the browser included, runs every suite, and adds them up in its last line.
// Fails when anything failed, when a suite ran no test, and when one that should have run could not.

import { otherSteps, typesThenLint } from './check-steps.mjs';
import { ensureBrowser } from './find-browser.mjs';
import { ensurePartners } from './partner-programs.mjs';
import { runNode } from './run-command.mjs';
import { runScript, setUp } from './setup.mjs';
import { findFaults, toLastLine } from './test-report.mjs';
import { runPlaywright, runVitest, secondTries } from './test-suites.mjs';

const startedAt = Date.now();
const say = (line) => process.stdout.write(`${line}\n`);
const results = [];
const suites = ['check', 'unit', 'contract', 'process'];
let isSetUp = false;
let programs;

/** One for each core of the smallest machine that this must be quick on. */
const atOnce = 2;
/** In the order in which they are begun; the tests of processes and of the browser, which wait a lot, end side by side. */
const parts = [
  { title: 'types, then lint', run: () => runSteps(typesThenLint) },
  { title: 'unit tests and contract suites', run: () => runVitest('vitest.config.ts', 'unit', say) },
  { title: 'other checks', run: () => runSteps(otherSteps) },
  { title: 'tests of processes', run: runProcessTests },
  { title: 'end to end, in a browser', run: runEndToEnd },
];

await runScript(async () => {
  // What is missing of other programs is installed beside the build.
  await setUp({
    say,
    onInstalled: () => (programs = { browser: begin(ensureBrowser), partners: begin(ensurePartners) }),
  });
  isSetUp = true;
  const waiting = [...parts];
  const work = async () => {
    for (let part = waiting.shift(); part; part = waiting.shift()) await runPart(part);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return report();
});
if (!isSetUp) say('0 passed, 1 failed, 0 skipped');

/** What it comes to is asked for later, and so is its failure. */
function begin(ensure) {
  const ensured = ensure(say);
  ensured.catch(() => undefined);
  return ensured;
}

async function runPart({ title, run }) {
  const beganAt = Date.now();
  try {
    results.push(...(await run()));
  } catch (error) {
    results.push({ suite: title, name: `could not be run: ${error.stack ?? error}`, state: 'failed' });
  }
  const seconds = (from) => Math.round((Date.now() - from) / 1000);
  say(`== ${title}: ${seconds(beganAt)} s, done after ${seconds(startedAt)} s`);
}

/** Each step is one test; the unit tests are counted one by one. What a step says is shown when it fails. */
async function runSteps(steps) {
  const found = [];
  for (const { name, args } of steps) {
    const { code, output } = await runNode(args, { capture: true });
    say(`${code === 0 ? 'passed' : 'FAILED'}  ${name}${code === 0 ? '' : `\n${output}`}`);
    found.push({ suite: 'check', name, state: code === 0 ? 'passed' : 'failed' });
  }
  return found;
}

async function runProcessTests() {
  await programs.partners;
  return runVitest('vitest.process.config.ts', 'process', say, secondTries);
}

async function runEndToEnd() {
  const browser = await programs.browser;
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
  for (const { suite, name } of results.filter(({ state, again }) => state === 'passed' && again))
    say(`unsteady ${suite}: ${name}  (failed, and passed when it was run once more)`);
  for (const { suite, name } of told('failed')) say(`FAILED   ${suite}: ${name}`);
  const faults = findFaults(results, suites);
  for (const fault of faults) say(`FAILED   ${fault}`);
  const all = [...results, ...faults.map((name) => ({ suite: 'npm test', name, state: 'failed' }))];
  say(`\n${Math.round((Date.now() - startedAt) / 1000)} s in all\n`);
  say(toLastLine(all));
  return all.some(({ state }) => state === 'failed') ? 1 : 0;
}
