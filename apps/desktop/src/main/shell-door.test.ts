import type { WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { pageUrl } from './page-address.js';
import { createShellHandlers } from './shell-handlers.js';
import { StandInContents } from './testing/stand-in-window.js';
import { startTestShell } from './testing/start-test-shell.js';

describe('the shell: the door for the page', () => {
  it('opens the system pickers in the window that asked', async () => {
    const shell = await startTestShell();
    shell.answers.picked = { canceled: false, filePaths: ['/a', '/b'] };
    expect(await shell.call('files:pick', {})).toEqual({ ok: true, reply: ['/a', '/b'] });
    expect(shell.pickers[0]?.properties).toEqual(['openFile', 'multiSelections', 'showHiddenFiles']);
    expect(await shell.call('folder:pick', { current: '/home/ana' })).toEqual({ ok: true, reply: '/a' });
    expect(shell.pickers[1]).toEqual({ properties: ['openDirectory', 'createDirectory'], defaultPath: '/home/ana' });
  });

  it('answers empty and null when the person closed the picker', async () => {
    const shell = await startTestShell();
    shell.answers.picked = { canceled: true, filePaths: [] };
    expect(await shell.call('files:pick', {})).toEqual({ ok: true, reply: [] });
    expect(await shell.call('folder:pick', {})).toEqual({ ok: true, reply: null });
  });

  it('shows a file in its folder, for an absolute path only', async () => {
    const shell = await startTestShell();
    expect(await shell.call('path:show', { path: '/home/ana/Enxame/foto.jpg' })).toEqual({ ok: true, reply: {} });
    expect(await shell.call('path:show', { path: '../foto.jpg' })).toMatchObject({
      ok: false,
      error: { code: 'bad-request' },
    });
    expect(shell.shown).toEqual(['/home/ana/Enxame/foto.jpg']);
  });

  it.each(['path:open', 'toString', '__proto__', 7, undefined])('does not know the call %j', async (name) => {
    const shell = await startTestShell();
    expect(await shell.call(name, {})).toMatchObject({ ok: false, error: { code: 'not-supported' } });
  });

  it.each([[undefined], [{ path: '' }], [{ path: 7 }], [{ path: '/a', more: 1 }], [{ path: `/${'x'.repeat(5000)}` }]])(
    'refuses the payload %j',
    async (payload) => {
      const shell = await startTestShell();
      expect(await shell.call('path:show', payload)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
      expect(shell.shown).toEqual([]);
    },
  );

  it('answers nobody but our page in the main frame of our window', async () => {
    const shell = await startTestShell();
    const stranger = new StandInContents();
    stranger.mainFrame.url = pageUrl;
    const strangers: Record<string, object> = {
      'a frame inside the page': { senderFrame: { url: pageUrl, parent: shell.contents().mainFrame } },
      'a frame that is gone': { senderFrame: null },
      'another window': { sender: stranger, senderFrame: stranger.mainFrame },
    };
    for (const [who, event] of Object.entries(strangers)) {
      expect([who, await shell.call('path:show', { path: '/a' }, event)]).toMatchObject([
        who,
        { error: { code: 'unauthorized' } },
      ]);
    }
    shell.contents().mainFrame.url = 'https://example.org/index.html';
    expect(await shell.call('path:show', { path: '/a' })).toMatchObject({ error: { code: 'unauthorized' } });
    expect(shell.shown).toEqual([]);
  });

  it('asks nothing in a window that was closed while its question was on the way', async () => {
    const { electron, pickers, contents } = await startTestShell();
    const handlers = createShellHandlers({
      dialog: electron.dialog,
      shell: electron.shell,
      windowOf: () => null,
      state: () => ({ hasTray: false, update: { state: 'unavailable' } }),
      updates: { check: () => undefined, install: () => Promise.resolve() },
    });
    const sender: object = contents();
    await expect(handlers['files:pick']({}, sender as WebContents)).rejects.toMatchObject({ code: 'cancelled' });
    expect(pickers).toEqual([]);
  });

  it('tells its log, not the page, when something breaks', async () => {
    const shell = await startTestShell();
    shell.answers.picked = undefined as never;
    expect(await shell.call('files:pick', {})).toEqual({ ok: false, error: { code: 'internal' } });
    expect(shell.logged).toHaveLength(1);
  });
});
