// What `npm run check` looks at, besides the unit tests: each a program of Node that fails with an exit code. The last
// line that it prints is its sum; those that print nothing when all is well get a sum here.

import { readFileSync } from 'node:fs';
import { inProject } from './run-command.mjs';

const tool = (path) => inProject(`node_modules/${path}`);
const projects = JSON.parse(readFileSync(inProject('tsconfig.json'), 'utf8')).references.length;

/** @typedef {{ name: string, args: string[], clean?: string }} CheckStep */

/** Lint reads what the other projects of the repository declare, and `types` writes that: first the one, then the other. */
export const typesThenLint = [
  { name: 'types', args: [tool('typescript/bin/tsc'), '-b'], clean: `${projects} projects` },
  {
    name: 'lint',
    args: [
      tool('eslint/bin/eslint.js'),
      '.',
      '--max-warnings=0',
      `--format=${inProject('scripts/eslint-formatter.mjs')}`,
    ],
  },
];

/** @type {CheckStep[]} in any order, the slowest first */
export const otherSteps = [
  { name: 'dead code', args: [tool('knip/bin/knip.js'), '--no-progress'], clean: 'nothing unused' },
  { name: 'import directions', args: [inProject('scripts/check-layers.mjs')] },
  { name: 'format', args: [tool('prettier/bin/prettier.cjs'), '--check', '.'] },
];
