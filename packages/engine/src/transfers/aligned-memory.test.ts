import { constants } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { alignBytes, createAlignedMemory } from './aligned-memory.js';

describe('aligned memory', () => {
  it('gives each its own part, at a multiple of a page', () => {
    const memory = createAlignedMemory();
    const sizes = [256 * 1024, 5, 4096, 3 * 1024 * 1024, 256 * 1024, 16 * 1024 * 1024, 1];
    const buffers = sizes.map((size) => memory.allocate(size));
    for (const [index, buffer] of buffers.entries()) buffer.fill(index + 1);
    for (const [index, buffer] of buffers.entries()) {
      expect(buffer.length).toBe(sizes[index]);
      expect(buffer.byteOffset % alignBytes).toBe(0);
      expect(buffer.every((byte) => byte === index + 1)).toBe(true);
    }
  });

  it.runIf(process.platform === 'linux')('can be written to a disk past the cache', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'enxame-aligned-'));
    const path = join(folder, 'file');
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_DIRECT;
    const handle = await open(path, flags).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'EINVAL') return undefined; // a temporary folder in memory
      throw error;
    });
    const buffer = createAlignedMemory()
      .allocate(64 * 1024)
      .fill(7);
    if (handle) {
      await handle.write(buffer, 0, buffer.length, 0);
      await handle.close();
      expect((await readFile(path)).equals(buffer)).toBe(true);
    }
    await rm(folder, { recursive: true });
  });

  it('is ordinary memory where there are no addresses for more', () => {
    vi.stubGlobal('WebAssembly', {
      Memory: function () {
        throw new RangeError('could not allocate memory');
      },
    });
    try {
      expect(createAlignedMemory().allocate(10_000)).toHaveLength(10_000);
      vi.stubGlobal('WebAssembly', undefined);
      expect(createAlignedMemory().allocate(10_000)).toHaveLength(10_000);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
