import { describe, expect, it } from 'vitest';
import { findElectron } from './electron-runtime.mjs';

/** A computer with a display, where the runtime is there and runs, but for `changes`. */
function computer(changes = {}) {
  const asked = [];
  const system = {
    env: { DISPLAY: ':0' },
    platform: 'linux',
    isRoot: false,
    now: () => 10_000_000,
    say: (text) => asked.push(text),
    installedPath: async () => '/electron',
    probe: async () => undefined,
    install: async () => ({ code: 0, output: '' }),
    run: async (path, args) => {
      asked.push([path, ...args]);
      return { code: 0, output: 'v45.4.1\n' };
    },
    lastFailure: async () => undefined,
    keepFailure: async (at) => asked.push(`failed at ${at}`),
    forbidsSandbox: async () => false,
    ...changes,
  };
  return { asked, find: () => findElectron(system) };
}

const absent = async () => undefined;

describe('the Electron runtime', () => {
  it('is there when it is installed, a display is there, and it starts', async () => {
    const { find, asked } = computer();
    expect(await find()).toEqual({ path: '/electron' });
    expect(asked).toEqual([['/electron', '--version']]);
  });

  it.each([
    ['without a display', { env: {} }, 'there is no display.'],
    ['as root', { isRoot: true }, 'Electron does not run as root.'],
    [
      'when the release page refuses',
      { installedPath: absent, probe: async () => 'the release page answers 403.' },
      'the Electron runtime cannot be fetched: the release page answers 403.',
    ],
    [
      'when the download breaks',
      { installedPath: absent, install: async () => ({ code: 1, output: 'TypeError: fetch failed\n  at x\n' }) },
      'the Electron runtime could not be fetched: TypeError: fetch failed',
    ],
    [
      'soon after a download that failed',
      { installedPath: absent, lastFailure: async () => 9_999_000 },
      'the Electron runtime could not be fetched (tried less than an hour ago).',
    ],
    [
      'when its libraries are missing',
      { run: async () => ({ code: 127, output: 'error while loading shared libraries: libgtk-3.so.0\n' }) },
      'Electron does not start here: error while loading shared libraries: libgtk-3.so.0',
    ],
    [
      'when the system forbids its sandbox',
      { forbidsSandbox: async () => true },
      'this system allows the sandbox of Electron to installed programs only (AppArmor).',
    ],
  ])('is not, and says why in one line, %s', async (_when, changes, reason) => {
    expect(await computer(changes).find()).toEqual({ reason });
  });

  it('is fetched once when it is missing', async () => {
    let installed;
    const { find, asked } = computer({
      installedPath: async () => installed,
      install: async () => {
        installed = '/fetched';
        return { code: 0, output: '' };
      },
    });
    expect(await find()).toEqual({ path: '/fetched' });
    expect(asked[0]).toMatch(/Fetching/);
  });

  it('is tried again an hour after a download that failed, and remembers the next failure', async () => {
    const { find, asked } = computer({
      installedPath: absent,
      lastFailure: async () => 10_000_000 - 3_600_000,
      probe: async () => 'the release page cannot be reached.',
    });
    expect((await find()).reason).toContain('cannot be reached');
    expect(asked).toEqual(['failed at 10000000']);
  });

  it('answers for this computer, whatever the answer is', async () => {
    const { path, reason } = await findElectron({
      probe: async () => 'not in a test.',
      keepFailure: async () => undefined,
    });
    expect(typeof (path ?? reason)).toBe('string');
  }, 30_000);
});
