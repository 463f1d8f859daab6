import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemFiles } from './shell-files.js';

describe('the files of the shell', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'enxame-shell-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are read as they were written, and nothing is left beside them', async () => {
    const path = join(folder, 'deep', 'window.json');
    expect(await systemFiles.read(path)).toBeUndefined();
    await systemFiles.write(path, 'um');
    await systemFiles.write(path, 'dois');
    expect(await systemFiles.read(path)).toBe('dois');
    expect(await readdir(join(folder, 'deep'))).toEqual(['window.json']);
    await systemFiles.remove(path);
    await systemFiles.remove(path);
    expect(await systemFiles.read(path)).toBeUndefined();
  });

  it('tell what they could not do', async () => {
    await expect(systemFiles.read(folder)).rejects.toMatchObject({ code: 'EISDIR' });
  });
});
