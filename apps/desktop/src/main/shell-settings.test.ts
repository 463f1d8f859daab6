import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MemoryFiles } from './testing/memory-files.js';
import { settled, startTestShell } from './testing/start-test-shell.js';
import { statusOf } from './testing/fake-engine.js';
import { transferOf } from './testing/transfers.js';

const entryPath = join('/home/ana/home', '.config', 'autostart', 'org.enxame.desktop.desktop');

describe('the shell: what the settings ask of it', () => {
  it('the theme of what the system draws, and the language of the menus', async () => {
    const shell = await startTestShell();
    const engine = await shell.runEngine();
    expect(shell.menus.map(([first]) => first?.label)).toEqual(['Arquivo', 'File']);
    engine.set({ theme: 'dark' });
    await settled();
    expect(shell.nativeTheme.themeSource).toBe('dark');
    engine.set({ language: 'system' });
    await settled();
    expect(shell.menus.at(-1)?.[0]?.label).toBe('Arquivo');
    expect(shell.menus).toHaveLength(3);
  });

  it('to keep the computer awake while bytes move, unless it is turned off', async () => {
    const shell = await startTestShell();
    const moving = transferOf();
    const engine = await shell.runEngine({ transfers: [moving] });
    expect(shell.blockers.size).toBe(1);
    engine.set({ keepAwake: false });
    await settled();
    expect(shell.blockers.size).toBe(0);
    engine.set({ keepAwake: true });
    await settled();
    expect(shell.blockers.size).toBe(1);
    engine.transfer({ ...moving, state: 'verified' });
    await settled();
    expect(shell.blockers.size).toBe(0);
    engine.transfer({ ...moving, state: 'moving' });
    await settled();
    shell.engine().exit(1);
    expect(shell.blockers.size).toBe(0);
  });

  it('to start with the session: an entry where desktops of Linux look', async () => {
    const shell = await startTestShell();
    const engine = await shell.runEngine();
    engine.set({ startAtLogin: true });
    await settled();
    expect(shell.files.texts.get(entryPath)).toContain('Exec="/opt/Enxame/enxame-desktop" "--hidden"\n');
    engine.set({ startAtLogin: false });
    await settled();
    expect(shell.files.texts.has(entryPath)).toBe(false);
    expect(shell.app.loginItems).toEqual([]);
  });

  it('to start with the session: the folder of the app too, in development', async () => {
    const shell = await startTestShell({ isPackaged: false });
    const engine = await shell.runEngine();
    engine.set({ startAtLogin: true });
    await settled();
    expect(shell.files.texts.get(entryPath)).toContain('"/enxame/apps/desktop" "--hidden"\n');
  });

  it('to start with the session: the entry is put right when the program was moved, and not made again', async () => {
    const files = new MemoryFiles();
    files.texts.set(entryPath, 'Exec="/home/ana/Downloads/Enxame.AppImage" "--hidden"');
    const status = statusOf({ startAtLogin: true });
    await (await startTestShell({ files })).runEngine({ status });
    expect(files.texts.get(entryPath)).toContain('/opt/Enxame/enxame-desktop');
    files.texts.clear(); // removed in the settings of the desktop
    await (await startTestShell({ files })).runEngine({ status });
    expect(files.texts.has(entryPath)).toBe(false);
  });

  it('to start with the session: the settings of Windows and macOS', async () => {
    const shell = await startTestShell({ platform: 'win32' });
    const engine = await shell.runEngine();
    engine.set({ deviceName: 'outra' });
    engine.set({ startAtLogin: true });
    await settled();
    const item = { path: '/opt/Enxame/enxame-desktop', args: ['--hidden'] };
    expect(shell.app.loginItems).toEqual([{ openAtLogin: true, ...item }]);
    engine.set({ startAtLogin: false });
    await settled();
    expect(shell.app.loginItems.at(-1)).toEqual({ openAtLogin: false, ...item });
  });

  it('and tells its log what it could not do', async () => {
    const shell = await startTestShell();
    const engine = await shell.runEngine();
    shell.files.failure = new Error('EROFS');
    engine.set({ startAtLogin: true });
    await settled();
    expect(shell.logged).toEqual([shell.files.failure]);
    const other = await startTestShell();
    other.files.failure = new Error('EIO');
    await other.runEngine({ status: statusOf({ startAtLogin: true }) });
    expect(other.logged).toEqual([other.files.failure]);
  });
});

describe('the shell: newer versions', () => {
  it('are not looked for by itself', async () => {
    const shell = await startTestShell();
    await shell.runEngine();
    shell.clock.pass(48 * 60 * 60 * 1000);
    await settled();
    expect(shell.updater.checks).toBe(0);
    expect(await shell.call('desktop:get', {})).toEqual({
      ok: true,
      reply: { hasTray: true, update: { state: 'current', checkedAt: null } },
    });
    expect(await shell.call('update:install', {})).toMatchObject({ error: { code: 'not-found' } });
  });

  it('are looked for when the person asks, and installed when the person says so', async () => {
    const shell = await startTestShell();
    await shell.runEngine();
    shell.contents().finishLoad();
    expect(await shell.call('update:check', {})).toEqual({ ok: true, reply: {} });
    await settled();
    const { updater } = shell;
    expect(updater).toMatchObject({
      checks: 1,
      autoInstallOnAppQuit: false,
      allowDowngrade: false,
      disableWebInstaller: true,
    });
    updater.emit('update-available', { version: '2.0.0' });
    updater.emit('download-progress', { percent: 12.3 });
    updater.emit('download-progress', { percent: 12.9 });
    updater.emit('update-downloaded', { version: '2.0.0' });
    updater.emit('download-progress', { percent: 100 });
    expect(shell.told()).toEqual(
      [
        { state: 'checking' },
        { state: 'fetching', version: '2.0.0', percent: 0 },
        { state: 'fetching', version: '2.0.0', percent: 12 },
        { state: 'ready', version: '2.0.0' },
      ].map((update) => ({ kind: 'update', update })),
    );
    expect(shell.notifications.map(({ options }) => options.title)).toEqual(['Enxame 2.0.0 is ready']);
    shell.notifications[0]?.press(0);
    await settled();
    expect(updater.installs).toEqual([]); // the engine finishes its writes first
    shell.engine().exit(0);
    await settled();
    expect(updater.installs).toEqual([[false, true]]);
    expect(shell.window().close()).toBe(true);
    shell.app.quit();
    expect(shell.app.quits).toBe(1);
  });

  it('are installed when the page says so', async () => {
    const shell = await startTestShell();
    await shell.call('update:check', {});
    await settled();
    shell.updater.emit('update-downloaded', { version: '2.0.0' });
    const answer = shell.call('update:install', {});
    shell.engine().exit(0);
    expect(await answer).toEqual({ ok: true, reply: {} });
    expect(shell.updater.installs).toHaveLength(1);
  });

  it('are looked for each day while the setting is on, and no more when it is turned off', async () => {
    const shell = await startTestShell();
    const engine = await shell.runEngine();
    engine.set({ automaticUpdates: true });
    await settled();
    expect([shell.updater.checks, shell.updater.autoInstallOnAppQuit]).toEqual([1, true]);
    shell.updater.emit('update-not-available', { version: '1.2.3' });
    shell.clock.pass(24 * 60 * 60 * 1000);
    await settled();
    expect(shell.updater.checks).toBe(2);
    shell.clock.pass(24 * 60 * 60 * 1000); // still looking
    await settled();
    expect(shell.updater.checks).toBe(2);
    engine.set({ automaticUpdates: false });
    await settled();
    shell.updater.emit('update-not-available', { version: '1.2.3' });
    shell.clock.pass(24 * 60 * 60 * 1000);
    await settled();
    expect([shell.updater.checks, shell.updater.autoInstallOnAppQuit]).toEqual([2, false]);
  });

  it('cannot be had where the package names no server, or is none', async () => {
    for (const given of [{ hasUpdateServer: false }, { isPackaged: false }]) {
      const shell = await startTestShell(given);
      await shell.runEngine({ status: statusOf({ automaticUpdates: true }) });
      await shell.call('update:check', {});
      await settled();
      expect(shell.updater.checks).toBe(0);
      expect(await shell.call('desktop:get', {})).toMatchObject({ reply: { update: { state: 'unavailable' } } });
    }
  });

  it('that could not be fetched are told once, and tried again', async () => {
    const shell = await startTestShell();
    await shell.runEngine();
    shell.updater.failure = new Error('ENOTFOUND');
    await shell.call('update:check', {});
    await settled();
    expect(shell.logged).toEqual([shell.updater.failure]);
    expect(await shell.call('desktop:get', {})).toMatchObject({
      reply: { update: { state: 'failed', error: { code: 'update-failed' } } },
    });
    shell.updater.failure = undefined;
    await shell.call('update:check', {});
    await settled();
    expect(shell.updater.checks).toBe(2);
    shell.updater.emit('error', new Error('sha512 mismatch'));
    expect(shell.logged).toHaveLength(2);
  });
});
