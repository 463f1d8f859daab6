import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDescription } from './bench-programs.mjs';
import { isInstalled } from './installed-packages.mjs';
import { hasDisplay, openCommand } from './open-address.mjs';
import { isBuilt, keepStamp, stampOf } from './source-stamp.mjs';
import { findFaults, fromPlaywright, fromVitest, toLastLine } from './test-report.mjs';

describe('installed packages', () => {
  const locked = {
    '': { version: '1' },
    'apps/cli': { version: '0.1.0', bin: { enxame: 'bin/enxame.mjs' } },
    'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' },
    'node_modules/blake-darwin': { version: '1', optional: true },
  };
  const { '': _root, 'node_modules/blake-darwin': _other, ...installed } = locked;

  it('are the ones of the lock, but for other systems', () => {
    expect(isInstalled({ packages: locked }, { packages: installed })).toBe(true);
  });

  it.each([
    ['another version', { 'node_modules/zod': { version: '4.6.6', integrity: 'sha512-a' } }],
    ['other bytes', { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-b' } }],
    ['no package', { 'node_modules/zod': undefined }],
    ['one too many', { 'node_modules/left-pad': { version: '1' } }],
    ['a command that is not linked', { 'apps/cli': { version: '0.1.0' } }],
  ])('are not those of the lock: %s', (_what, change) => {
    const packages = Object.fromEntries(Object.entries({ ...installed, ...change }).filter(([, entry]) => entry));
    expect(isInstalled({ packages: locked }, { packages })).toBe(false);
  });
});

describe('source stamp', () => {
  let folder;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'enxame-stamp-'));
    await mkdir(join(folder, 'src', 'dist'), { recursive: true });
    await writeFile(join(folder, 'src', 'a.ts'), 'a');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('changes with a source, and not with what is built', async () => {
    const before = await stampOf(folder, ['src']);
    await writeFile(join(folder, 'src', 'dist', 'a.js'), 'built');
    expect(await stampOf(folder, ['src'])).toBe(before);
    await utimes(join(folder, 'src', 'a.ts'), 1, 1);
    expect(await stampOf(folder, ['src'])).not.toBe(before);
  });

  it('counts only while what was built is there', async () => {
    const [stampPath, built] = [join(folder, 'cache', 'stamp'), join(folder, 'built.js')];
    expect(await isBuilt(stampPath, 'x', [])).toBe(false);
    await keepStamp(stampPath, 'x');
    expect(await isBuilt(stampPath, 'x', [])).toBe(true);
    expect(await isBuilt(stampPath, 'y', [])).toBe(false);
    expect(await isBuilt(stampPath, 'x', [built])).toBe(false);
  });
});

describe('test report', () => {
  const vitest = {
    tests: [
      { file: 'packages/a.test.ts', name: 'group > works', state: 'passed' },
      { file: 'packages/a.test.ts', name: 'carrier contract: memory > works', state: 'passed', again: true },
      { file: 'apps/cli/src/serve.process.test.ts', name: 'serve > works', state: 'failed' },
      { file: 'packages/a.test.ts', name: 'group > elsewhere', state: 'skipped', reason: 'only on Windows' },
    ],
    errors: ['packages/b.test.ts: cannot load'],
  };
  const test = (status, projectName, results = [{ status }], annotations = []) => ({
    status,
    projectName,
    results,
    annotations,
  });
  const playwright = {
    suites: [
      {
        title: 'loop.spec.ts',
        specs: [{ title: 'shares', tests: [test('expected', 'loop')] }],
        suites: [
          {
            title: 'window',
            specs: [
              { title: 'flaky', tests: [test('flaky', 'loop')] },
              { title: 'never ran', tests: [test('skipped', 'loop', [])] },
              {
                title: 'opens',
                tests: [
                  test('skipped', 'electron', [{ status: 'skipped' }], [{ type: 'skip', description: 'no runtime' }]),
                ],
              },
            ],
          },
        ],
      },
    ],
    errors: [{ message: 'a worker died' }],
  };

  it('adds all suites up, and what could not be loaded is a failure', () => {
    const results = [...fromVitest(vitest), ...fromPlaywright(playwright)];
    expect(toLastLine(results)).toBe('4 passed, 4 failed, 2 skipped');
  });

  it('marks what passed only when it was run once more', () => {
    const results = [...fromVitest(vitest), ...fromPlaywright(playwright)];
    expect(results.filter(({ again }) => again).map(({ name }) => name)).toEqual(
      ['carrier contract: memory > works', 'loop.spec.ts > window > flaky'].map((name) =>
        expect.stringContaining(name),
      ),
    );
  });

  it('tells suites apart', () => {
    expect(fromVitest(vitest).map(({ suite }) => suite)).toEqual(['unit', 'contract', 'process', 'unit', 'unit']);
    expect(fromPlaywright(playwright).map(({ suite, state }) => `${suite} ${state}`)).toEqual([
      'e2e loop passed',
      'e2e loop passed',
      'e2e loop failed',
      'e2e electron skipped',
      'e2e failed',
    ]);
  });

  it('finds suites that ran nothing, and skips that say no reason', () => {
    const results = [...fromVitest(vitest), { suite: 'unit', name: 'quiet', state: 'skipped' }];
    expect(findFaults(results, ['unit', 'process', 'e2e screens'])).toEqual([
      'e2e screens: ran no test',
      'unit: skipped without a reason: quiet',
    ]);
  });
});

describe('bench programs', () => {
  it('say what they measure in a line of their own', () => {
    expect(readDescription('single', "import 'x';\n\n// single: one file,\n// verified\n\nconst a = 1;")).toBe(
      'one file, verified',
    );
    expect(readDescription('part', '// a part of single: nothing')).toBeUndefined();
  });
});

describe('opening an address', () => {
  it('needs somebody who sees it', () => {
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
    expect(hasDisplay({}, 'linux')).toBe(false);
    expect(hasDisplay({}, 'darwin')).toBe(true);
    expect(hasDisplay({ DISPLAY: ':10', SSH_CONNECTION: 'x' }, 'linux')).toBe(false);
    expect(hasDisplay({ CI: 'true' }, 'win32')).toBe(false);
  });

  it('hands the address over as one argument, to no shell', () => {
    const address = 'http://127.0.0.1:7668/#token=a&b';
    for (const platform of ['linux', 'darwin', 'win32'])
      expect(openCommand(address, platform)[1].at(-1)).toContain(address);
  });
});
