import { describe, expect, it } from 'vitest';
import { settled, startTestShell, type TestShell } from './testing/start-test-shell.js';
import { MemoryFiles } from './testing/memory-files.js';
import { codeSendOf, transferOf } from './testing/transfers.js';

describe('the shell: its tray', () => {
  it('says that it starts, then how it stands', async () => {
    const shell = await startTestShell();
    expect(shell.trays).toHaveLength(1);
    expect([tray(shell).tip, tray(shell).image]).toEqual(['Enxame\nIniciando…', '/out/tray/tray-offline-dark.png']);
    const engine = await shell.runEngine();
    shell.clock.pass(1000);
    expect([tray(shell).tip, tray(shell).image]).toEqual([
      'Enxame\nLab Oceano\nNothing is moving',
      '/out/tray/tray-idle-dark.png',
    ]);
    engine.transfer(transferOf());
    engine.move(48_200_000, 11_600_000);
    await settled();
    shell.clock.pass(1000);
    expect([tray(shell).tip, tray(shell).image]).toEqual([
      'Enxame\nLab Oceano\nReceiving 48.2 MB/s, sending 11.6 MB/s',
      '/out/tray/tray-moving-dark.png',
    ]);
    shell.engine().exit(1);
    shell.clock.pass(1000);
    expect(tray(shell).tip).toContain('Iniciando…');
  });

  it('is drawn at most once a second, and not when nothing changed', async () => {
    const shell = await startTestShell();
    const engine = await shell.runEngine();
    shell.clock.pass(1000);
    const drawn = tray(shell).menus.length;
    for (let speed = 1; speed <= 10; speed++) {
      engine.move(speed * 1000, 0);
      await settled();
      shell.clock.pass(50);
    }
    shell.clock.pass(1000);
    expect(tray(shell).menus.length - drawn).toBe(1);
    engine.move(10_000, 0);
    await settled();
    shell.clock.pass(1000);
    expect(tray(shell).menus.length - drawn).toBe(1);
    shell.clock.pass(60_000);
    expect(shell.clock.pending).toBe(0);
  });

  it('follows the theme of the system', async () => {
    const shell = await startTestShell({ platform: 'win32' });
    shell.nativeTheme.shouldUseDarkColorsForSystemIntegratedUI = true;
    shell.nativeTheme.emit('updated');
    shell.clock.pass(1000);
    expect(tray(shell).image).toBe('/out/tray/tray-offline-light.png');
  });

  it('opens the window by a click, and has its commands in its menu', async () => {
    const shell = await startTestShell();
    await shell.runEngine({ codes: { sends: [codeSendOf(), codeSendOf({ state: 'ended' })], receives: [] } });
    shell.contents().finishLoad();
    shell.clock.pass(1000);
    tray(shell).emit('click');
    expect(shell.window().calls).toEqual(['show', 'focus']);
    for (const label of [
      'Open Enxame',
      'Share Files…',
      'Send with a Code…',
      'Receive with a Code…',
      'Settings…',
      'Copy last code: 7-abelha-vinho',
    ]) {
      choose(shell, label);
    }
    expect(shell.told()).toEqual([
      { kind: 'command', command: 'share-files' },
      { kind: 'command', command: 'send' },
      { kind: 'command', command: 'receive' },
      { kind: 'go', page: 'settings' },
    ]);
    expect(shell.copied).toEqual(['7-abelha-vinho']);
    choose(shell, 'Quit Enxame');
    shell.engine().exit(0);
    await settled();
    expect([shell.app.quits, tray(shell).destroyed]).toEqual([1, true]);
  });

  it('shows its menu by a click on macOS, and does not open the window too', async () => {
    const shell = await startTestShell({ platform: 'darwin' });
    shell.clock.pass(1000);
    tray(shell).emit('click');
    expect(shell.window().calls).toEqual([]);
  });

  it('pauses all that comes in, and goes on with it', async () => {
    const shell = await startTestShell();
    const [moving, waiting, paused, done, sent] = [
      transferOf(),
      transferOf({ state: 'waiting' }),
      transferOf({ state: 'paused' }),
      transferOf({ state: 'verified' }),
      transferOf({ direction: 'send' }),
    ];
    const engine = await shell.runEngine({ transfers: [moving, waiting, paused, done, sent] });
    shell.clock.pass(1000);
    choose(shell, 'Pause Everything');
    choose(shell, 'Resume Everything');
    await settled();
    expect(engine.calls).toEqual([
      { call: 'transfer:pause', payload: { id: moving.id } },
      { call: 'transfer:pause', payload: { id: waiting.id } },
      { call: 'transfer:resume', payload: { id: paused.id } },
    ]);
    engine.refusal = { code: 'transfer-not-found' };
    choose(shell, 'Resume Everything');
    await settled();
    expect(shell.logged).toMatchObject([{ code: 'transfer-not-found' }]);
  });
});

describe('the shell: closing the window', () => {
  it('leaves the program in the tray, and tells so once in its life', async () => {
    const files = new MemoryFiles();
    const shell = await startTestShell({ files });
    await shell.runEngine();
    shell.window().show();
    expect(shell.window().close()).toBe(false);
    expect(shell.window().visible).toBe(false);
    tray(shell).emit('click');
    shell.window().close();
    expect(shell.notifications.map(({ options }) => options.title)).toEqual(['Enxame goes on in the tray']);
    shell.app.quit();
    shell.engine().exit(0);
    await settled();
    const again = await startTestShell({ files });
    again.window().close();
    expect(again.notifications).toEqual([]);
  });

  it('leaves the full screen first', async () => {
    const shell = await startTestShell({ platform: 'darwin' });
    shell.window().fullScreen = true;
    shell.window().close();
    expect(shell.window().calls).toEqual(['full screen false']);
    shell.window().emit('leave-full-screen');
    expect(shell.window().calls).toEqual(['full screen false', 'hide']);
  });

  it('ends the program where there is no tray, or the person wants it so, or it is ending already', async () => {
    const none = await startTestShell({ dbus: 'variant boolean false' });
    expect(none.trays).toEqual([]);
    expect(none.window().close()).toBe(true);

    const unwanted = await startTestShell();
    const engine = await unwanted.runEngine();
    engine.set({ closeToTray: false });
    await settled();
    expect(unwanted.window().close()).toBe(true);

    const ending = await startTestShell();
    ending.app.quit();
    expect(ending.window().close()).toBe(true);
  });

  it('is not told where the system has no notifications', async () => {
    const shell = await startTestShell();
    shell.answers.hasNotifications = false;
    shell.window().close();
    expect(shell.notifications).toEqual([]);
  });
});

describe('the shell: starting hidden', () => {
  it('makes no window before it is asked for', async () => {
    const shell = await startTestShell({ start: { args: ['--hidden'] } });
    expect(shell.windows).toEqual([]);
    const engine = await shell.runEngine();
    engine.transfer(transferOf());
    await settled();
    tray(shell).emit('click');
    expect(shell.windows).toHaveLength(1);
    shell.contents().finishLoad();
    expect(shell.contents().posted).toHaveLength(1);
  });

  it('opens its window where there is no tray to open it from', async () => {
    const shell = await startTestShell({ start: { args: ['--hidden'] }, dbus: undefined });
    expect(shell.windows).toHaveLength(1);
  });
});

function tray(shell: TestShell) {
  const [own] = shell.trays;
  if (!own) throw new Error('there is no tray');
  return own;
}

function choose(shell: TestShell, label: string): void {
  const item = tray(shell).menu.find((entry) => entry.label === label);
  expect(item, label).toBeDefined();
  item?.click?.(undefined as never, undefined, undefined as never);
}
