// Import directions (.dependency-cruiser.cjs). A checker that resolves nothing finds nothing wrong, so this one also
// counts: each layer must have been seen, and the imports between them must have been followed to their sources.

import { cruise } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

/** At least so many modules in each layer; far below what there is, far above a tool that sees nothing. */
const fewest = {
  'packages/shared/src': 25,
  'packages/identity/src': 6,
  'packages/storage/src': 6,
  'packages/engine/src': 25,
  'packages/ui/src': 20,
  'apps/tracker/src': 20,
  'apps/tracker/src/domain': 8,
  'apps/cli/src': 10,
  'apps/desktop/src/main': 10,
  'apps/desktop/src/preload': 2,
  'apps/desktop/src/engine-process': 3,
  'apps/desktop/src/bridge': 4,
  'apps/desktop/src/renderer': 30,
  'apps/web/src': 20,
};
/** Imports that are there: not seeing them means that the workspace's `exports` were not understood. */
const crossings = [
  ['packages/engine/src', 'packages/shared/src'],
  ['apps/tracker/src', 'packages/identity/src'],
  ['apps/desktop/src/engine-process', 'packages/engine/src'],
  ['apps/desktop/src/renderer', 'packages/shared/src'],
  ['apps/desktop/src/renderer', 'packages/ui/src'],
  ['apps/web/src', 'packages/ui/src'],
];

const options = await extractDepcruiseOptions('./.dependency-cruiser.cjs');
const tsConfig = extractTSConfig('./tsconfig.base.json');
const { output } = await cruise(['packages', 'apps'], options, undefined, { tsConfig });
const modules = output.modules.filter(({ source }) => !source.includes('node_modules'));
const below = (folder) => modules.filter(({ source }) => source.startsWith(`${folder}/`));

const problems = output.summary.violations.map(
  ({ rule, from, to, cycle }) => `${rule.name}: ${from} -> ${cycle ? cycle.map(({ name }) => name).join(' -> ') : to}`,
);
for (const [folder, count] of Object.entries(fewest)) {
  const seen = below(folder).length;
  if (seen < count) problems.push(`only ${seen} modules seen in ${folder}: expected ${count} or more`);
}
for (const [from, to] of crossings) {
  const followed = below(from).some(({ dependencies }) => dependencies.some(({ resolved }) => resolved.startsWith(to)));
  if (!followed) problems.push(`no import from ${from} to ${to} was followed`);
}

for (const problem of problems) console.log(problem);
console.log(
  `${modules.length} modules, ${output.summary.totalDependenciesCruised} imports, ${problems.length} problems`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
