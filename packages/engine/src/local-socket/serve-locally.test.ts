import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../engine.js';
import { dialLocalSocket } from './local-dial.js';
import { serveLocally } from './serve-locally.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-locally-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function createEchoEngine(): Engine & { closed: boolean } {
  const engine = {
    closed: false,
    addresses: [],
    answerPreview: () => Promise.resolve(),
    accept: (carrier: Parameters<Engine['accept']>[0]) => {
      carrier.onFrame((frame) => {
        carrier.send(frame);
      });
    },
    close: () => {
      engine.closed = true;
      return Promise.resolve();
    },
  };
  return engine;
}

describe('serve locally', () => {
  it('is reached by the data folder until the engine is closed', async () => {
    const inner = createEchoEngine();
    const engine = await serveLocally(inner, folder);
    const carrier = await dialLocalSocket(folder);
    const answered = new Promise((resolve) => carrier?.onFrame(resolve));
    carrier?.send('hello');
    expect(await answered).toBe('hello');
    await engine.close();
    await engine.close();
    expect(inner.closed).toBe(true);
    expect(await dialLocalSocket(folder)).toBeUndefined();
  });

  it('closes an engine that it cannot serve', async () => {
    const first = await serveLocally(createEchoEngine(), folder);
    const second = createEchoEngine();
    await expect(serveLocally(second, folder)).rejects.toMatchObject({ code: 'data-folder-locked' });
    expect(second.closed).toBe(true);
    await first.close();
  });
});
