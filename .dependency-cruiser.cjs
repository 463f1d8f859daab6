// Import directions. Run by scripts/check-layers.mjs, which also makes sure that something was checked.

/** What may know test tools and the environments of others: tests, their stand-ins, and suites that other tests run. */
const tests = '\\.test\\.tsx?$|-contract\\.ts$|/(testing|test-kit)/';

const everything = '.';

/** `from` reaches nothing outside itself but `allowed` (a list of path patterns). */
function only(name, comment, from, allowed) {
  const pathNot = [...(from.path === undefined ? [] : [from.path]), ...allowed];
  return { name, comment, severity: 'error', from: { pathNot: tests, ...from }, to: { path: everything, pathNot } };
}
function never(name, comment, from, to) {
  return { name, comment, severity: 'error', from: { pathNot: tests, ...from }, to };
}

/** Node's own modules, as they are resolved: `fs`, `node:fs`, `fs/promises`. */
const builtin = '^(node:)?[a-z0-9_]+$|^(node:)?[a-z]+/promises$';
/** Any installed package. */
const packages = '(^|/)node_modules/';
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)`;
const shared = '^packages/shared/src/';
const ui = '^packages/ui/src/';
const uiPackages = npm(
  'react',
  'react-dom',
  'react-i18next',
  'i18next',
  'radix-ui',
  'zustand',
  'lucide-react',
  '@types/react',
  '@types/react-dom',
  '@tanstack/[^/]+',
  '@fontsource/[^/]+',
  'uplot',
  'uqr',
  '@noble/hashes',
  'vite',
  'zod',
);

module.exports = {
  forbidden: [
    only(
      'shared-is-pure',
      'packages/shared knows zod and nothing else: no Node, no DOM, no package of ours.',
      { path: shared },
      [npm('zod')],
    ),
    only('identity-inward', 'packages/identity knows shared, Node and packages.', { path: '^packages/identity/src/' }, [
      shared,
      builtin,
      packages,
    ]),
    only('wormhole-inward', 'packages/wormhole knows shared, Node and packages.', { path: '^packages/wormhole/src/' }, [
      shared,
      builtin,
      packages,
    ]),
    only('ui-inward', 'packages/ui runs in a browser: shared and React.', { path: ui }, [shared, uiPackages]),
    only('storage-inward', 'packages/storage knows shared, Node and packages.', { path: '^packages/storage/src/' }, [
      shared,
      builtin,
      packages,
    ]),
    only(
      'engine-inward',
      'packages/engine knows shared, identity, storage, wormhole, Node and packages.',
      { path: '^packages/engine/src/' },
      ['^packages/(shared|identity|storage|wormhole)/src/', builtin, packages],
    ),
    never(
      'engine-without-electron',
      'The engine runs under plain Node too.',
      { path: '^packages/' },
      { path: npm('electron') },
    ),
    only(
      'tracker-domain-is-pure',
      'The domain of the tracker decides; express, socket.io, lowdb and the files are around it.',
      { path: '^apps/tracker/src/domain/' },
      [shared, '^packages/identity/src/', '^apps/tracker/src/limits\\.ts$', '^(node:)?(crypto|net)$', npm('zod')],
    ),
    only(
      'bridge-is-pure',
      'What window, preload, main and engine process say to each other.',
      { path: '^apps/desktop/src/bridge/' },
      [shared, npm('zod')],
    ),
    only(
      'main-forks-the-engine',
      'The main process starts the engine by path and never imports it.',
      { path: '^apps/desktop/src/main/' },
      [shared, '^apps/desktop/src/bridge/', builtin, npm('electron', 'electron-updater', 'zod')],
    ),
    only('preload-is-thin', 'The preload knows the bridge.', { path: '^apps/desktop/src/preload/' }, [
      shared,
      '^apps/desktop/src/bridge/',
      npm('electron'),
    ]),
    only('engine-process-is-node', 'The engine process is plain Node.', { path: '^apps/desktop/src/engine-process/' }, [
      shared,
      '^packages/engine/src/',
      '^apps/desktop/src/bridge/',
      builtin,
      npm('pino'),
    ]),
    only(
      'page-knows-no-node',
      'The page runs in a browser: shared, ui, the bridge, React.',
      { path: '^apps/desktop/src/renderer/' },
      [shared, ui, '^apps/desktop/src/bridge/', uiPackages],
    ),
    only('web-knows-no-node', 'The pages run in a browser: shared, ui, React.', { path: '^apps/web/src/' }, [
      shared,
      ui,
      uiPackages,
    ]),
    only(
      'cli-talks-to-the-engine',
      'The CLI knows shared, the engine and the words of codes; the tracker it starts by path.',
      { path: '^apps/cli/' },
      ['^packages/(shared|engine)/src/', '^packages/wormhole/src/codes/code-words', builtin, packages],
    ),
    never(
      'apps-are-islands',
      'An app never imports another.',
      { path: '^apps/([^/]+)/', pathNot: [] },
      {
        path: '^apps/',
        pathNot: '^apps/$1/',
      },
    ),
    never(
      'packages-know-no-app',
      'Packages are below the apps.',
      { path: '^packages/', pathNot: [] },
      { path: '^(apps|e2e|bench)/' },
    ),
    never('no-tests-in-programs', 'A program does not import what is there for tests.', {}, { path: tests }),
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'An import that cannot be resolved cannot be checked.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Ours only: the packages of others keep what they export in folders of that name.
    exclude: { path: '^(packages|apps)/[^/]+/(dist|out)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts', '.json', '.css', '.svg'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
