import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageUrl } from './page-address.js';
import { StandInContents } from './testing/stand-in-window.js';
import { MemoryFiles } from './testing/memory-files.js';
import { settled, startTestShell, type TestShell } from './testing/start-test-shell.js';

describe('the shell: its window', () => {
  it('is sandboxed, isolated and without Node, and loads our page from the package', async () => {
    const shell = await startTestShell();
    expect(shell.windows).toHaveLength(1);
    expect(shell.window().options.webPreferences).toMatchObject({
      preload: '/out/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      devTools: false,
    });
    expect(shell.window().options).toMatchObject({
      width: 1180,
      height: 760,
      minWidth: 900,
      minHeight: 560,
      show: false,
    });
    expect(shell.window().loads).toEqual([pageUrl]);
    expect(shell.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
    ]);
    expect([...shell.session.handled.keys()]).toEqual(['app']);
    expect((await shell.session.handled.get('app')?.(new Request(pageUrl)))?.status).toBe(200);
  });

  it('shows itself when there is something to see, on the ground colour of the theme', async () => {
    const shell = await startTestShell({ dark: true });
    expect(shell.window().options.backgroundColor).toBe('#151412');
    expect(shell.window().calls).toEqual([]);
    shell.window().emit('ready-to-show');
    expect(shell.window().calls).toEqual(['show']);
    shell.nativeTheme.shouldUseDarkColors = false;
    shell.nativeTheme.emit('updated');
    expect(shell.window().background).toBe('#f6f5f1');
  });

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'] as const)(
    'refuses %s to anywhere else',
    async (event) => {
      const shell = await startTestShell();
      const elsewhere = [
        'https://example.org/',
        'file:///etc/passwd',
        'javascript:alert(1)',
        'app://other/index.html',
        'app://enxame/other.html',
        'app://ana@enxame/index.html',
        'app://enxame.example.org/index.html',
        'not a url',
      ];
      for (const url of elsewhere) expect([url, shell.contents().navigate(event, url)]).toEqual([url, true]);
      expect(shell.contents().navigate(event, pageUrl, false)).toBe(true);
      expect(shell.contents().navigate(event, `${pageUrl}#files`)).toBe(false);
    },
  );

  it('opens no other window and no webview', async () => {
    const shell = await startTestShell();
    expect(shell.contents().openWindow?.({ url: pageUrl })).toEqual({ action: 'deny' });
    let prevented = false;
    shell.contents().emit('will-attach-webview', { preventDefault: () => (prevented = true) });
    expect(prevented).toBe(true);
  });

  it('hardens contents that something else made', async () => {
    const shell = await startTestShell();
    const other = new StandInContents();
    shell.app.emit('web-contents-created', {}, other);
    expect(other.openWindow?.({ url: pageUrl })).toEqual({ action: 'deny' });
    expect(other.navigate('will-navigate', 'https://example.org/')).toBe(true);
  });

  it('comes to the front when the program is started a second time', async () => {
    const shell = await startTestShell();
    shell.window().minimized = true;
    shell.app.emit('second-instance', {}, [], '/', { args: [], folder: '/home/ana' });
    expect(shell.windows).toHaveLength(1);
    expect(shell.window().calls).toEqual(['restore', 'show', 'focus']);
  });

  it('leaves the program running when it is closed on macOS, where the dock opens it again', async () => {
    const shell = await startTestShell({ platform: 'darwin' });
    shell.window().emit('closed');
    shell.app.emit('window-all-closed');
    expect(shell.app.quits).toBe(0);
    shell.app.emit('activate');
    expect(shell.windows).toHaveLength(2);
  });

  it('ends the program when it is closed, after the engine, where nothing keeps it', async () => {
    const shell = await startTestShell({ platform: 'linux', dbus: undefined });
    expect(shell.window().close()).toBe(true);
    shell.app.emit('window-all-closed');
    shell.engine().exit(0);
    await settled();
    expect(shell.app.quits).toBe(1);
  });

  it('loads the page once more when its process died, and the page is told', async () => {
    const shell = await startTestShell();
    shell.contents().finishLoad();
    crash(shell);
    shell.clock.pass(249);
    expect(shell.window().loads).toHaveLength(1);
    shell.clock.pass(1);
    expect(shell.window().loads).toHaveLength(2);
    expect(shell.told()).toEqual([]);
    shell.contents().finishLoad();
    expect(shell.told()).toEqual([{ kind: 'page-restarted' }]);
    shell.contents().finishLoad();
    expect(shell.told()).toHaveLength(1);
    expect(shell.boxes).toEqual([]);
  });

  it('asks the person when the page dies again within a minute, and loads it or ends', async () => {
    const shell = await startTestShell();
    crash(shell);
    shell.clock.pass(1000);
    shell.answers.boxButton = 0;
    crash(shell);
    expect(shell.boxes.map(({ buttons }) => buttons)).toEqual([['Abrir de novo', 'Sair']]);
    await settled();
    expect(shell.window().loads).toHaveLength(3);
    shell.answers.boxButton = 1;
    crash(shell);
    await settled();
    shell.engine().exit(0);
    await settled();
    expect([shell.window().loads.length, shell.app.quits]).toEqual([3, 1]);
  });

  it('takes a crash after a quiet minute for the first again', async () => {
    const shell = await startTestShell();
    crash(shell);
    shell.clock.pass(60_000);
    crash(shell);
    shell.clock.pass(250);
    expect(shell.window().loads).toHaveLength(3);
    expect(shell.boxes).toEqual([]);
  });

  it('loads nothing into a window that was closed while the person was asked', async () => {
    const shell = await startTestShell({ platform: 'darwin' });
    shell.answers.boxButton = 0;
    crash(shell);
    crash(shell);
    shell.window().emit('closed');
    await settled();
    expect(shell.window().loads).toHaveLength(1);
    shell.answers.boxFailure = new Error('no display');
    shell.app.emit('activate');
    crash(shell);
    crash(shell);
    await settled();
    expect(shell.logged).toEqual([shell.answers.boxFailure]);
  });

  it('takes the end of a page that was meant to end for no crash, and a load that fails for none of its own', async () => {
    const shell = await startTestShell();
    shell.contents().emit('render-process-gone', {}, { reason: 'clean-exit' });
    shell.clock.pass(60_000);
    expect(shell.window().loads).toHaveLength(1);
    shell.window().loadFailure = new Error('ERR_FAILED');
    crash(shell);
    shell.clock.pass(250);
    await settled();
    expect(shell.logged).toEqual([]);
  });

  it('comes back where it was, maximized as it was, and is remembered when it moves', async () => {
    const files = new MemoryFiles();
    const bounds = { x: 300, y: 200, width: 1000, height: 700 };
    files.texts.set(memoryPath, JSON.stringify({ bounds, maximized: true, toldOfTray: true }));
    const shell = await startTestShell({ files });
    expect(shell.window().options).toMatchObject(bounds);
    shell.window().emit('ready-to-show');
    expect(shell.window().calls).toEqual(['maximize', 'show']);

    shell.window().maximized = false;
    shell.window().bounds = { x: 10, y: 20, width: 950, height: 600 };
    shell.window().emit('move');
    shell.window().emit('unmaximize');
    shell.clock.pass(1000);
    await settled();
    const kept = { bounds: shell.window().bounds, maximized: false, toldOfTray: true };
    expect(JSON.parse(files.texts.get(memoryPath) ?? '')).toEqual(kept);

    shell.window().bounds = { x: -32_000, y: -32_000, width: 160, height: 28 }; // where Windows puts what is minimized
    shell.window().minimized = true;
    shell.window().emit('move');
    shell.window().minimized = false;
    shell.window().fullScreen = true;
    shell.window().emit('resize');
    shell.clock.pass(1000);
    await settled();
    expect(JSON.parse(files.texts.get(memoryPath) ?? '')).toEqual(kept);
  });

  it('opens in the middle when the display that it was on is gone', async () => {
    const files = new MemoryFiles();
    const bounds = { x: 3000, y: 200, width: 1000, height: 700 };
    files.texts.set(memoryPath, JSON.stringify({ bounds, maximized: false, toldOfTray: false }));
    const shell = await startTestShell({ files });
    expect(shell.window().options).toMatchObject({ width: 1180, height: 760 });
    expect(shell.window().options).not.toHaveProperty('x');
  });
});

const memoryPath = join('/home/ana/userData', 'window.json');

function crash(shell: TestShell): void {
  shell.contents().emit('render-process-gone', {}, { reason: 'crashed' });
}
