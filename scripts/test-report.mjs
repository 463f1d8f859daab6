// What the runners report, as one list, and the sums of it.

/**
 * @typedef {'passed' | 'failed' | 'skipped'} TestState
 * @typedef {{ suite: string, name: string, state: TestState, reason?: string, again?: boolean }} TestResult
 * `again`: it passed when it was run once more, which is told at the end, so that it is looked into.
 */

/** The last line of `npm test`. */
export function toLastLine(results) {
  const count = (state) => results.filter((result) => result.state === state).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
}

/** What makes a run fail beside failed tests: suites without a test, and skipped tests that do not say why. */
export function findFaults(results, suites) {
  const empty = suites.filter((suite) => !results.some((result) => result.suite === suite));
  const mute = results.filter(({ state, reason }) => state === 'skipped' && !reason);
  return [
    ...empty.map((suite) => `${suite}: ran no test`),
    ...mute.map(({ suite, name }) => `${suite}: skipped without a reason: ${name}`),
  ];
}

/**
 * The list that `vitest-reporter.mjs` writes: contract suites, which every implementation of a port runs, and tests that
 * start processes are told apart from the unit tests they lie beside.
 * @returns {TestResult[]}
 */
export function fromVitest({ tests, errors }) {
  return [
    ...tests.map(({ file, name, state, reason, again }) => ({
      suite: vitestSuite(file, name),
      name: `${file} > ${name}`,
      state,
      reason,
      again,
    })),
    ...errors.map((error) => ({ suite: 'unit', name: error, state: 'failed' })),
  ];
}

function vitestSuite(file, name) {
  if (/\.process\.test\.\w+$/.test(file)) return 'process';
  return /\bcontract\b/i.test(name.split(' > ')[0] ?? '') ? 'contract' : 'unit';
}

/**
 * Playwright's JSON.
 * @returns {TestResult[]}
 */
export function fromPlaywright({ suites = [], errors = [] }) {
  const results = suites.flatMap((suite) => fromPlaywrightSuite(suite, []));
  return [...results, ...errors.map(({ message }) => ({ suite: 'e2e', name: message ?? 'error', state: 'failed' }))];
}

function fromPlaywrightSuite({ title, specs = [], suites = [] }, above) {
  const path = [...above, title];
  const own = specs.flatMap((spec) =>
    spec.tests.map((test) => ({
      suite: `e2e ${test.projectName}`,
      name: [...path, spec.title].join(' > '),
      state: playwrightState(test),
      again: test.status === 'flaky',
      reason: test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description,
    })),
  );
  return [...own, ...suites.flatMap((suite) => fromPlaywrightSuite(suite, path))];
}

/** `results` is empty for what never ran: an interrupted run, or one whose files could not be loaded. */
function playwrightState({ status, results }) {
  if (status === 'skipped')
    return results.length > 0 && results.every((result) => result.status === 'skipped') ? 'skipped' : 'failed';
  return status === 'expected' || status === 'flaky' ? 'passed' : 'failed';
}
