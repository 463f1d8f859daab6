import { describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.js';
import { MemoryFiles } from '../testing/memory-files.js';
import { settled } from '../testing/start-test-shell.js';
import { openShellMemory } from './shell-memory.js';

const path = '/p/window.json';
const bounds = { x: 1, y: 2, width: 1000, height: 700 };

async function open(files = new MemoryFiles()) {
  const clock = new FakeClock();
  const logged: unknown[] = [];
  const memory = await openShellMemory({ path, files, clock, log: (error) => logged.push(error) });
  return { memory, files, clock, logged };
}

describe('what the shell remembers', () => {
  it('is nothing at first, and then what it was told', async () => {
    const { memory, files } = await open();
    expect(memory.memory).toEqual({ bounds: null, maximized: false, toldOfTray: false });
    memory.keep({ bounds });
    memory.keep({ toldOfTray: true });
    await memory.flush();
    expect((await open(files)).memory.memory).toEqual({ bounds, maximized: false, toldOfTray: true });
  });

  it('is written at most once a second, and not when it is the same', async () => {
    const { memory, files, clock } = await open();
    for (let x = 0; x < 60; x++) {
      memory.keep({ bounds: { ...bounds, x } });
      clock.pass(16);
      await settled();
    }
    clock.pass(1000);
    await memory.flush();
    expect(files.writes.length).toBeLessThanOrEqual(3);
    const writes = files.writes.length;
    memory.keep({ maximized: false });
    await memory.flush();
    expect(files.writes).toHaveLength(writes);
    clock.pass(1000);
    expect(clock.pending).toBe(0);
  });

  it.each(['', 'null', '{', '{"bounds":null}', JSON.stringify({ bounds: { ...bounds, x: 1e9 }, maximized: false })])(
    'is nothing when the file holds %j, and the log is told',
    async (text) => {
      const files = new MemoryFiles();
      files.texts.set(path, text);
      const { memory, logged } = await open(files);
      expect(memory.memory.bounds).toBeNull();
      expect(logged).toHaveLength(1);
    },
  );

  it('is written again when it could not be, once there is something new', async () => {
    const { memory, files, logged } = await open();
    files.failure = new Error('ENOSPC');
    memory.keep({ maximized: true });
    await memory.flush();
    expect(logged).toContain(files.failure);
    files.failure = undefined;
    await memory.flush();
    expect(JSON.parse(files.texts.get(path) ?? '')).toMatchObject({ maximized: true });
  });
});
