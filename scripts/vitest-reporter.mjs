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
    ...(state === 'skipped' && { reason: note ?? skipReason(module, test) }),
  };
}

/** `skipIf` takes no words: its condition, as it is written, is the reason. */
function skipReason(module, test) {
  const line = test.location && readFileSync(module.moduleId, 'utf8').split('\n')[test.location.line - 1];
  const condition = /\.(skipIf|runIf)\((.+?)\)\(/.exec(line ?? '');
  return condition ? `${condition[1]} ${condition[2]}` : undefined;
}
