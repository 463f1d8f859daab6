// fast-check as the tests have it (vitest.config.ts puts it in its place): the same cases each time, so that a change is
// judged by what it changes. ENXAME_SEED=... has others.

/* eslint-disable no-restricted-syntax, no-restricted-exports -- it stands in for the package, and has all that it has */
import * as fastCheck from '../node_modules/fast-check/lib/fast-check.js';

fastCheck.configureGlobal({ seed: Number(process.env['ENXAME_SEED'] ?? 1) });

export * from '../node_modules/fast-check/lib/fast-check.js';
export { default } from '../node_modules/fast-check/lib/fast-check.js';
