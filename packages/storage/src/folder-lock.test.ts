import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from './folder-lock.js';
import { processIdentity } from './process-identity.js';

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'enxame-lock-'));
  folder = join(parent, 'new', 'data');
});
afterEach(async () => {
  await rm(parent, { recursive: true, force: true });
});

const deadProcess = async (): Promise<string> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['-p', 'process.pid']);
  return stdout.trim();
};

describe('lockFolder', () => {
  it('makes the folder, and refuses a second owner until the first is done', async () => {
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'data-folder-locked', params: { folder } });
    await lock.close();
    await lock.close();
    const again = await lockFolder(folder);
    await again.close();
  });

  it.skipIf(process.platform === 'win32')('makes it for its owner only', async () => {
    const lock = await lockFolder(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await lock.close();
  });

  it('gives the folder to one of many who ask at once', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
    const locks = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(locks).toHaveLength(1);
    for (const result of tries) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'data-folder-locked' });
    }
    await locks[0]?.close();
  });

  it.skipIf(process.platform === 'win32')('passes over the lock of a process that died', async () => {
    await (await lockFolder(folder)).close();
    await writeFile(join(folder, 'lock'), `${await deadProcess()} whenever`);
    await (await lockFolder(folder)).close();
  });

  it.skipIf(process.platform === 'win32')('passes over a lock whose number another process has now', async () => {
    await (await lockFolder(folder)).close();
    await writeFile(join(folder, 'lock'), `${String(process.pid)} of another time`);
    const lock = await lockFolder(folder);
    expect(await readFile(join(folder, 'lock'), 'utf8')).toBe(
      `${String(process.pid)} ${(await processIdentity(process.pid)) ?? ''}`,
    );
    await lock.close();
  });

  it.skipIf(process.platform === 'win32')('passes over a lock that was never written', async () => {
    await (await lockFolder(folder)).close();
    await writeFile(join(folder, 'lock'), '');
    await (await lockFolder(folder)).close();
  });

  it('says when the folder cannot be made', async () => {
    await writeFile(join(parent, 'new'), 'a file');
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'data-folder-unwritable', params: { folder } });
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'says when it cannot be written (not as root, whom no permission stops)',
    async () => {
      await (await lockFolder(folder)).close();
      await chmod(folder, 0o500);
      await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'data-folder-unwritable' });
      await chmod(folder, 0o700);
    },
  );
});

describe('processIdentity', () => {
  it('is the same each time for a living process, and undefined for a dead one', async () => {
    expect(await processIdentity(process.pid)).toBe(await processIdentity(process.pid));
    expect(await processIdentity(process.pid)).toBeTypeOf('string');
    expect(await processIdentity(Number(await deadProcess()))).toBeUndefined();
  });
});
