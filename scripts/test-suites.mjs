// The suites of `npm test`: how each is run, and what its runner reported.

import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inProject, runNode } from './run-command.mjs';
import { fromPlaywright, fromVitest } from './test-report.mjs';

const playwrightConfig = 'e2e/playwright.config.ts';

/**
 * Real programs beside other work on two cores: what fails is run once more, and told even when it passes then. Tests of
 * one process have no such excuse.
 */
export const secondTries = 1;

/**
 * Unit tests, contract suites and, with the other config, tests that start processes. What the runner says is handed on
 * at its end: others run beside it.
 * @param {string} config
 * @param {string} reportName
 * @param {(text: string) => void} say
 * @param {number} retry how often a test that failed is run once more
 */
export async function runVitest(config, reportName, say, retry = 0) {
  const report = inProject(`test-results/${reportName}.json`);
  await makeRoom(report);
  const args = [
    'run',
    `--config=${config}`,
    `--retry=${retry}`,
    '--includeTaskLocation',
    '--reporter=default',
    `--reporter=${inProject('scripts/vitest-reporter.mjs')}`,
  ];
  const { code, output } = await runNode([inProject('node_modules/vitest/vitest.mjs'), ...args], {
    capture: true,
    env: { ENXAME_VITEST_REPORT: report },
  });
  say(output);
  return withExitCode(reportName, code, fromVitest(await readReport(report)));
}

/** The end-to-end tests of all projects, in the browser that `env` names; each project is a suite that must have tests. */
export async function runPlaywright(env) {
  const report = inProject('test-results/playwright.json');
  await makeRoom(report);
  const args = ['test', `--config=${playwrightConfig}`, `--retries=${secondTries}`, '--reporter=list,json'];
  const { code } = await runNode([inProject('node_modules/@playwright/test/cli.js'), ...args], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  const found = await readReport(report);
  const suites = (found.config?.projects ?? []).map(({ name }) => `e2e ${name}`);
  return { suites, results: withExitCode('e2e', code, fromPlaywright(found)) };
}

/** A runner that fails without a failed test (a crash, a broken config) is a failure of its own. */
function withExitCode(suite, code, results) {
  if (code === 0 || results.some(({ state }) => state === 'failed')) return results;
  return [...results, { suite, name: `${suite}: the runner ended with exit code ${code}`, state: 'failed' }];
}

/** A report of the last time must not be taken for this one's. */
async function makeRoom(report) {
  await mkdir(dirname(report), { recursive: true });
  await rm(report, { force: true });
}

async function readReport(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return { tests: [], errors: [`the runner wrote no report: ${path}`], suites: [] };
  }
}
