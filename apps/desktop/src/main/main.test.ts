import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shellCallChannel } from '../bridge/shell-channels.js';
import { createElectronStandIn } from './testing/electron-stand-in.js';
import { StandInUpdater } from './testing/stand-in-updater.js';

/** The file that starts everything, once for each test, on a stand-in of the module that only Electron has. */
describe('main', () => {
  const argv = [...process.argv];
  let standIn: ReturnType<typeof createElectronStandIn>;

  beforeEach(() => {
    vi.resetModules();
    standIn = createElectronStandIn();
    vi.doMock('electron', () => standIn.electron);
    Object.assign(process, { resourcesPath: '/nowhere' });
  });
  afterEach(() => {
    process.argv = argv;
    vi.unstubAllEnvs();
    vi.doUnmock('electron');
    vi.doUnmock('electron-updater');
  });
  const run = async (...args: string[]): Promise<void> => {
    process.argv = ['electron', ...args];
    await import('./main.js');
    await setImmediate();
  };

  it('hands what it was to open to the program that runs already, and leaves', async () => {
    standIn.app.isFirst = false;
    await run('foto.jpg');
    expect(standIn.app.handedOver).toEqual({ args: ['foto.jpg'], folder: process.cwd() });
    expect([standIn.app.quits, standIn.forks.length]).toEqual([1, 0]);
  });

  it('starts the shell, with a profile of its own for a data folder of its own', async () => {
    vi.stubEnv('ENXAME_DATA', '/tmp/rui');
    standIn.app.isPackaged = false;
    await run('/enxame/apps/desktop', '--hidden');
    await vi.waitFor(() => {
      expect(standIn.forks).toHaveLength(1);
    });
    expect(standIn.app.handedOver).toMatchObject({ args: ['--hidden'] });
    expect(standIn.app.getPath('userData')).toMatch(/rui.window$/);
    const options = JSON.parse(standIn.forks[0]?.args[0] ?? '') as { dataFolder: string };
    expect(options.dataFolder).toMatch(/rui$/);
    expect(standIn.forks[0]?.path).toMatch(/engine-process\.js$/);
    expect(standIn.app.exits).toEqual([]);
  });

  it('serves the page from beside it, and looks for newer versions only when told to', async () => {
    const resources = await mkdtemp(join(tmpdir(), 'enxame-resources-'));
    await writeFile(join(resources, 'app-update.yml'), '');
    Object.assign(process, { resourcesPath: resources });
    const updater = new StandInUpdater();
    vi.doMock('electron-updater', () => ({ autoUpdater: updater }));
    await run();
    await vi.waitFor(() => {
      expect(standIn.forks).toHaveLength(1);
    });
    const page = await standIn.session.handled.get('app')?.(new Request('app://enxame/index.html'));
    expect(await page?.text()).toContain('<title>Enxame</title>');
    expect(updater.checks).toBe(0);
    const { webContents } = standIn.windows[0] ?? {};
    const event = { sender: webContents, senderFrame: webContents?.mainFrame };
    expect(await standIn.ipcHandlers.get(shellCallChannel)?.(event, 'update:check', {})).toMatchObject({ ok: true });
    await vi.waitFor(() => {
      expect(updater.checks).toBe(1);
    });
    await rm(resources, { recursive: true });
  });

  it('ends, and says why, when the shell cannot start', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    standIn.app.whenReady = () => Promise.reject(new Error('no display'));
    await run();
    await vi.waitFor(() => {
      expect(standIn.app.exits).toEqual([1]);
    });
    expect(String(said.mock.calls.at(-1)?.[0])).toContain('no display');
    said.mockRestore();
  });
});
