// Brings a checkout to where its programs can run: dependencies, then whatever is not built yet. Asks first, and takes a
// moment when there is nothing to do. Needs nothing but Node: it runs in a fresh clone.

import { areDependenciesInstalled } from './installed-packages.mjs';
import { inProject, root, runNode, runNpm } from './run-command.mjs';
import { isBuilt, keepStamp, stampOf } from './source-stamp.mjs';

const oldestNode = [20, 19];
const sources = ['packages', 'apps', 'tsconfig.base.json', 'package-lock.json'];
const built = [
  'packages/engine/dist/engine.js',
  'apps/tracker/dist/main.js',
  'apps/cli/dist/main.js',
  'apps/desktop/out/main/main.js',
  'apps/desktop/out/renderer/index.html',
  'apps/web/dist/pages/index.html',
];

/** What stops a setup, in words for the person who runs it. */
export class SetupError extends Error {}

/**
 * @param {{ force?: boolean, say?: (line: string) => void, onInstalled?: () => void }} [options] `onInstalled`: the
 *   dependencies are there; what needs no more than those can begin beside the build.
 */
export async function setUp({
  force = false,
  say = (line) => process.stderr.write(`${line}\n`),
  onInstalled = () => undefined,
} = {}) {
  checkNode();
  await installDependencies(say);
  onInstalled();
  await build({ force, say });
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new SetupError(`Enxame needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}.`);
}

async function installDependencies(say) {
  if (await areDependenciesInstalled()) return;
  say('Installing dependencies (npm ci) ...');
  const { code } = await runNpm(['ci', '--no-fund', '--no-audit', '--loglevel=error']);
  if (code !== 0) throw new SetupError('npm ci failed: see above.');
}

async function build({ force, say }) {
  const stampPath = inProject('.cache/build.stamp');
  const stamp = await stampOf(root, sources);
  if (!force && (await isBuilt(stampPath, stamp, built.map(inProject)))) return;
  say('Building what changed ...');
  // The pages are made from sources: they need nothing of what is compiled beside them.
  const done = await Promise.allSettled([compile(['apps/tracker', 'apps/cli'], force), buildPages(force)]);
  const failed = done.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  await keepStamp(stampPath, stamp); // of what was there before the build: a change meanwhile is built the next time
}

async function buildPages(force) {
  const flags = force ? ['--force'] : [];
  // Of a runner of tests it would be `test`, and the pages would ask for the parts of React that help to develop.
  const env = { NODE_ENV: 'production' };
  const desktop = await runNode([inProject('apps/desktop/build.mjs'), ...flags], { env });
  if (desktop.code !== 0) throw new SetupError('The desktop app could not be built: see above.');
  const web = await runNode([inProject('apps/web/build.mjs'), ...flags], { env });
  if (web.code !== 0) throw new SetupError('The pages of the tracker could not be built: see above.');
}

/** Compiles TypeScript projects and what they refer to; what did not change is passed over. */
export async function compile(projects, force = false) {
  const tsc = inProject('node_modules/typescript/bin/tsc');
  const { code } = await runNode([tsc, '-b', ...(force ? ['--force'] : []), ...projects.map(inProject)]);
  if (code !== 0) throw new SetupError('The build failed: see above.');
}

/** Runs a script's body: what stops it is told in one line, and is its exit code. */
export async function runScript(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    process.stderr.write(`${error instanceof SetupError ? error.message : (error.stack ?? error)}\n`);
    process.exitCode = 1;
  }
}
