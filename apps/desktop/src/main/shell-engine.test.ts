import { describe, expect, it } from 'vitest';
import { settled, startTestShell } from './testing/start-test-shell.js';

describe('the shell: the engine', () => {
  it('is forked by path with what it needs to know', async () => {
    const shell = await startTestShell();
    expect(shell.forks[0]?.path).toBe('/out/engine-process.js');
    expect(JSON.parse(shell.forks[0]?.args[0] ?? '')).toEqual({
      dataFolder: '/data',
      downloadsFolder: '/home/ana/downloads/Enxame',
      suggestedTracker: 'https://127.0.0.1:7667',
      version: '1.2.3',
      logLevel: 'warn',
    });
  });

  it('finishes before the program does', async () => {
    const shell = await startTestShell();
    shell.app.quit();
    expect(shell.engine().posted).toEqual([{ message: { type: 'stop' }, ports: [] }]);
    await settled();
    expect(shell.app.quits).toBe(0);
    shell.engine().emit('exit', 0);
    await settled();
    expect(shell.app.quits).toBe(1);
    expect(shell.forks).toHaveLength(1);
  });

  it('that cannot start is told once for each reason, in the language of the system, and tried again', async () => {
    const shell = await startTestShell();
    const failed = { type: 'failed', error: { code: 'data-folder-locked', params: { folder: '/data' } } };
    for (let round = 0; round < 3; round++) {
      shell.engine().emit('message', failed);
      shell.engine().emit('exit', 1);
      shell.clock.pass(30_000);
    }
    await settled();
    expect(shell.forks).toHaveLength(4);
    expect(shell.boxes).toHaveLength(1);
    expect(shell.boxes[0]?.message).toContain('/data');
    expect(shell.boxes[0]?.buttons).toEqual(['Sair', 'Continuar tentando']);
    shell
      .engine()
      .emit('message', { type: 'failed', error: { code: 'data-folder-unwritable', params: { folder: '/data' } } });
    expect(shell.boxes).toHaveLength(2);
    shell.engine().emit('message', { type: 'ready' });
    shell.engine().emit('message', failed);
    expect(shell.boxes).toHaveLength(3);
  });

  it('that cannot start ends the program where the person chooses so', async () => {
    const shell = await startTestShell();
    shell.answers.boxButton = 0;
    shell.engine().emit('message', { type: 'failed', error: { code: 'data-folder-locked' } });
    shell.engine().emit('exit', 1);
    await settled();
    expect(shell.app.quits).toBe(1);
  });
});
