import { describe, expect, it } from 'vitest';
import { pageUrl } from './page-address.js';
import { StandInContents } from './testing/electron-stand-in.js';
import { settled, startTestShell } from './testing/start-test-shell.js';

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
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    expect([...shell.session.handled.keys()]).toEqual(['app']);
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
    shell.app.emit('second-instance');
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
    expect(shell.menus[0]).not.toBeNull();
  });

  it('ends the program when it is closed, after the engine, elsewhere', async () => {
    const shell = await startTestShell({ platform: 'linux' });
    shell.app.emit('window-all-closed');
    shell.engine().emit('exit', 0);
    await settled();
    expect(shell.app.quits).toBe(1);
    expect(shell.menus).toEqual([null]);
  });

  it('loads the page again when its renderer died, with growing pauses', async () => {
    const shell = await startTestShell();
    shell.contents().finishLoad();
    shell.contents().emit('render-process-gone', {}, { reason: 'crashed' });
    shell.clock.pass(249);
    expect(shell.window().loads).toHaveLength(1);
    shell.clock.pass(1);
    expect(shell.window().loads).toHaveLength(2);
    shell.contents().emit('render-process-gone', {}, { reason: 'crashed' });
    shell.clock.pass(499);
    expect(shell.window().loads).toHaveLength(2);
    shell.clock.pass(1);
    expect(shell.window().loads).toHaveLength(3);
  });
});
