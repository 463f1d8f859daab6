import { describe, expect, it } from 'vitest';
import { enginePortChannel, shellCallChannel } from '../bridge/shell-channels.js';
import { startTestShell, type TestShell } from './testing/start-test-shell.js';

/** The first channel is the shell's own. */
describe('the shell: the channel between page and engine', () => {
  it('is made when both are there', async () => {
    const shell = await startTestShell();
    shell.contents().finishLoad();
    expect(shell.contents().posted).toEqual([]);
    shell.engine().emit('message', { type: 'ready' });
    expectChannel(shell, 2);
  });

  it('is made when the page comes last, too', async () => {
    const shell = await startTestShell();
    shell.engine().emit('message', { type: 'ready' });
    expect(shell.contents().posted).toEqual([]);
    shell.contents().finishLoad();
    expectChannel(shell, 2);
  });

  it('is made anew when the page loads again', async () => {
    const shell = await startTestShell();
    shell.engine().emit('message', { type: 'ready' });
    shell.contents().finishLoad();
    shell.contents().finishLoad();
    expect(shell.contents().posted.map(({ ports }) => ports[0]?.channel)).toEqual([2, 3]);
    expectChannel(shell, 3);
  });

  it('is made anew when the engine was started again', async () => {
    const shell = await startTestShell();
    shell.contents().finishLoad();
    shell.engine().emit('message', { type: 'ready' });
    shell.engine().exit(1);
    shell.clock.pass(250);
    expect(shell.forks).toHaveLength(2);
    expect(shell.contents().posted).toHaveLength(1);
    shell.engine().emit('message', { type: 'ready' });
    expectChannel(shell, 4);
  });

  it('does not go to a page that is on its way out', async () => {
    const shell = await startTestShell();
    shell.contents().finishLoad();
    shell.contents().emit('did-navigate');
    shell.engine().emit('message', { type: 'ready' });
    expect(shell.contents().posted).toEqual([]);
    shell.contents().emit('did-finish-load');
    expectChannel(shell, 2);
  });

  it('survives a navigation that was refused', async () => {
    const shell = await startTestShell();
    shell.contents().finishLoad();
    shell.contents().navigate('will-navigate', 'https://example.org/');
    shell.engine().emit('message', { type: 'ready' });
    expectChannel(shell, 2);
  });

  it('has its ends at the page and at the engine, and nothing of it stays here', async () => {
    const shell = await startTestShell();
    shell.contents().finishLoad();
    shell.engine().emit('message', { type: 'ready' });
    expect(shell.engine().posted.map(({ message }) => message)).toEqual([{ type: 'port' }, { type: 'port' }]);
    expect(shell.contents().posted.map(({ channel }) => channel)).toEqual([enginePortChannel]);
    expect([...shell.ipcHandlers.keys()]).toEqual([shellCallChannel]);
  });

  function expectChannel(shell: TestShell, channel: number): void {
    expect(shell.engine().posted.at(-1)).toEqual({ message: { type: 'port' }, ports: [{ channel, end: 1 }] });
    expect(shell.contents().posted.at(-1)).toEqual({
      channel: enginePortChannel,
      message: null,
      ports: [{ channel, end: 2 }],
    });
  }
});
