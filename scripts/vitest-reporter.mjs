// Writes what each test came to as JSON, with the reason of each skip, to the file that ENXAME_VITEST_REPORT names.

import { readFileSync, writeFileSync } from 'node:fs';

export default class JsonReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()].map((test) => describe(module, test)));
    // A file that cannot be loaded, or a hook that throws, fails no test by itself.
    const broken = modules.flatMap((module) => [
      ...module.errors().map((error) => `${module.relativeModuleId}: ${error.message}`),
      ...[...module.children.allSuites()].flatMap((suite) =>
        suite.errors().map((error) => `${suite.fullName}: ${error.message}`),
      ),
    ]);
    const errors = [...broken, ...unhandledErrors.map((error) => `unhandled: ${error.message}`)];
    writeFileSync(process.env['ENXAME_VITEST_REPORT'], JSON.stringify({ tests, errors }));
  }
}

function describe(module, test) {
  const { state, note } = test.result();
  return {
    file: module.relativeModuleId,
    name: test.fullName,
    state: state === 'pending' ? 'failed' : state, // one that never ended
    again: test.diagnostic()?.flaky ?? false,
    ...(state === 'skipped' && { reason: note ?? skipReason(module, test) }),
  };
}

/** `skipIf` takes no words: its condition, as it is written at the test or at a suite around it, is the reason. */
function skipReason(module, test) {
  const lines = readFileSync(module.moduleId, 'utf8').split('\n');
  for (let task = test; task && task.type !== 'module'; task = task.parent) {
    const condition = /\.(skipIf|runIf)\((.+?)\)\(/.exec(lines[(task.location?.line ?? 0) - 1] ?? '');
    if (condition) return `${condition[1]} ${condition[2]}`;
  }
  return undefined;
}
