import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { enxamePlugin } from './scripts/eslint-plugin-enxame.mjs';

const nodeGlobals = Object.fromEntries(
  [
    'process',
    'Buffer',
    'URL',
    'URLSearchParams',
    'AbortSignal',
    'AbortController',
    'fetch',
    'performance',
    'structuredClone',
  ]
    .concat(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'queueMicrotask'])
    .concat(['console', 'globalThis', 'TextEncoder', 'TextDecoder'])
    .map((name) => [name, 'readonly']),
);

/** What has to be named to get at what follows it. */
const unusedVariables = { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' };

/** Types and layers are checked elsewhere (tsc, .dependency-cruiser.cjs); here is what they cannot say. */
const everywhere = {
  'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
  'no-console': 'error',
  'no-empty': 'error',
  'no-eval': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  eqeqeq: 'error',
  'no-restricted-exports': [
    'error',
    { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } },
  ],
  'no-restricted-syntax': [
    'error',
    {
      selector: 'ExportAllDeclaration, ExportNamedDeclaration[source]',
      message: 'No barrels: import from the file that declares it.',
    },
  ],
  'enxame/kebab-case-file': 'error',
  'enxame/suppression-reason': 'error',
};

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/out/**',
      '**/coverage/**',
      '**/test-results/**',
      '**/playwright-report/**',
      '.cache/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  { plugins: { enxame: enxamePlugin }, rules: everywhere },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', unusedVariables],
      // `[...text]` is how names are counted and compared here: by code point, on purpose.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      // Counts and sizes belong in sentences; what must not slip into one is an object or undefined.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { requireDefaultForNonUnion: true, considerDefaultExhaustiveForUnions: false },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: nodeGlobals },
    rules: { 'no-undef': 'error', 'no-unused-vars': ['error', unusedVariables] },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { ...nodeGlobals, module: 'writable', require: 'readonly' } },
  },
  {
    files: ['{apps/desktop/src/renderer,apps/web/src,packages/ui/src}/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    // Tells that React's compiler passes over a component; it is not used here.
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  // Programs whose output is their interface.
  { files: ['apps/cli/**', 'scripts/**', 'bench/**'], rules: { 'no-console': 'off' } },
  // The tools that read these ask for a default export.
  {
    files: ['**/*.config.{js,ts,mjs}', 'scripts/*-{reporter,formatter}.mjs'],
    rules: { 'no-restricted-exports': 'off' },
  },
);
