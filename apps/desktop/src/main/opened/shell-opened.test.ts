import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startTestShell, type TestShell } from '../testing/start-test-shell.js';
import { readStart } from './opened.js';

const link = 'enxame://code/7-abelha-vinho';
const codeLink = { kind: 'link', link: { kind: 'code', code: '7-abelha-vinho', at: null, link } };

describe('a command line', () => {
  it('names links, and files from where it was given', () => {
    const { hidden, messages } = readStart({ args: [link, 'foto.jpg', '/tmp/a'], folder: '/home/ana' });
    expect(hidden).toBe(false);
    expect(messages).toEqual([codeLink, { kind: 'paths', paths: [resolve('/home/ana/foto.jpg'), resolve('/tmp/a')] }]);
  });

  it('has switches, which are no files, until two hyphens', () => {
    const args = ['--hidden', '--original-process-start-time=1', '-psn_0_1', '--', '--foto.jpg', ''];
    expect(readStart({ args, folder: '/home/ana' })).toEqual({
      hidden: true,
      messages: [{ kind: 'paths', paths: [resolve('/home/ana/--foto.jpg')] }],
    });
  });

  it.runIf(process.platform !== 'win32')('has files by their addresses, of this computer only', () => {
    const args = ['file:///home/ana/a%20b.txt', 'file://server/a', 'file:///a%2Fb', 'file://[/a'];
    expect(readStart({ args, folder: '/home/ana' }).messages).toEqual([
      {
        kind: 'paths',
        paths: ['/home/ana/a b.txt', ...args.slice(1).map((arg) => resolve('/home/ana', arg))],
      },
    ]);
  });

  it('K2 cannot pass on what looks like a link and is none, nor a path that no system has', () => {
    const args = ['enxame://code/%00', 'ENXAME:x', 'a\0b', 'x'.repeat(4096)];
    expect(readStart({ args, folder: '/home/ana' }).messages).toEqual([
      { kind: 'link-refused' },
      { kind: 'link-refused' },
    ]);
  });
});

describe('the shell: what is opened with it', () => {
  it('is told to the page when it is there', async () => {
    const shell = await startTestShell({ start: { args: [link] } });
    expect(shell.told()).toEqual([]);
    shell.contents().finishLoad();
    expect(shell.told()).toEqual([codeLink]);
  });

  it('K5 comes from a second start, which shows the window', async () => {
    const shell = await startTestShell();
    shell.contents().finishLoad();
    startAgain(shell, { args: ['--', 'a b.txt'], folder: '/tmp' });
    expect(shell.window().calls).toEqual(['show', 'focus']);
    expect(shell.told()).toEqual([{ kind: 'paths', paths: [resolve('/tmp/a b.txt')] }]);
  });

  it('leaves the window alone when the second start is a hidden one', async () => {
    const shell = await startTestShell();
    startAgain(shell, { args: ['--hidden'], folder: '/tmp' });
    expect(shell.window().calls).toEqual([]);
  });

  it.each([
    [undefined],
    [null],
    [{}],
    [{ args: 'x', folder: '/tmp' }],
    [{ args: [7], folder: '/tmp' }],
    [{ args: [], folder: 'tmp' }],
  ])('K5 is nothing when the second start says %j, and the window is shown', async (said) => {
    const shell = await startTestShell();
    shell.contents().finishLoad();
    startAgain(shell, said);
    expect(shell.window().calls).toEqual(['show', 'focus']);
    expect(shell.told()).toEqual([]);
    expect(shell.logged).toHaveLength(1);
  });

  it('comes from the system of macOS, also before anything is ready', async () => {
    let prevented = 0;
    const event = { preventDefault: () => prevented++ };
    const shell = await startTestShell({
      platform: 'darwin',
      early: (app) => {
        app.emit('open-file', event, '/Users/ana/foto.jpg');
        app.emit('open-url', event, link);
      },
    });
    shell.contents().finishLoad();
    shell.app.emit('open-url', event, 'enxame://other/1');
    expect(shell.told()).toEqual([
      { kind: 'paths', paths: ['/Users/ana/foto.jpg'] },
      codeLink,
      { kind: 'link-refused' },
    ]);
    expect(prevented).toBe(3);
    expect(shell.windows).toHaveLength(1);
  });

  it('opens a window for it, where the last one was closed', async () => {
    const shell = await startTestShell({ platform: 'darwin' });
    shell.window().emit('closed');
    shell.app.emit('open-url', { preventDefault: () => undefined }, link);
    expect(shell.windows).toHaveLength(2);
    shell.contents().finishLoad();
    expect(shell.told()).toEqual([codeLink]);
  });

  it('comes here by the scheme of the links, but not to a program in development', async () => {
    expect((await startTestShell()).app.protocols).toEqual(['enxame']);
    expect((await startTestShell({ isPackaged: false })).app.protocols).toEqual([]);
  });
});

function startAgain(shell: TestShell, said: unknown): void {
  shell.app.emit('second-instance', {}, ['electron', '--allow-file-access'], '/', said);
}
