import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeFile, renameDurably, writeDurably } from './durable-file.js';
import { removeLeftovers } from './leftovers.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-durable-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('durable files', () => {
  it('writes the bytes of a view, and only those', async () => {
    const path = join(folder, 'a.bin');
    await writeDurably(path, new Uint8Array([1, 2, 3, 4]).subarray(1, 3));
    expect([...(await readFile(path))]).toEqual([2, 3]);
  });

  it('names the folder that is missing', async () => {
    const missing = join(folder, 'nowhere');
    await expect(writeDurably(join(missing, 'a'), 'x')).rejects.toMatchObject({
      code: 'folder-missing',
      params: { folder: missing },
    });
  });

  it.skipIf(process.platform === 'win32')(
    'never takes a part of the bytes for all of them (POSIX limits)',
    async () => {
      // A limit on the size of files does what a full disk does: the first write takes a part, the next one fails.
      const program = join(folder, 'program.mjs');
      const source = fileURLToPath(new URL('durable-file.ts', import.meta.url));
      await build({
        stdin: {
          contents: `import { writeDurably } from ${JSON.stringify(source)};
          await writeDurably(process.argv[2], 'x'.repeat(1_000_000)).then(
            () => console.log('written'), (error) => console.log(error.code, error.params?.reason));`,
          resolveDir: dirname(source),
        },
        bundle: true,
        platform: 'node',
        format: 'esm',
        conditions: ['source'],
        outfile: program,
      });
      const path = join(folder, 'a.json');
      await writeFile(path, 'old');
      const command = 'ulimit -f 64 && exec "$0" "$1" "$2"';
      const { stdout } = await promisify(execFile)('sh', ['-c', command, process.execPath, program, path]);
      expect(stdout.trim()).toBe('disk-failed EFBIG');
      expect(await readFile(path, 'utf8')).toBe('old');
      expect((await readdir(folder)).sort()).toEqual(['a.json', 'program.mjs']);
    },
  );

  it('renames over what is there', async () => {
    await writeFile(join(folder, 'a'), 'new');
    await writeFile(join(folder, 'b'), 'old');
    await renameDurably(join(folder, 'a'), join(folder, 'b'));
    expect(await readdir(folder)).toEqual(['b']);
    expect(await readFile(join(folder, 'b'), 'utf8')).toBe('new');
  });

  it('removes a file once, and again without harm', async () => {
    await writeFile(join(folder, 'a'), '');
    await removeFile(join(folder, 'a'));
    await removeFile(join(folder, 'a'));
    expect(await readdir(folder)).toEqual([]);
  });

  it('removes what a killed process left beside documents, and nothing else', async () => {
    const kept = ['a.json', 'a.json.broken-1700000000000', 'photo.2024', 'lock'];
    for (const name of [...kept, 'a.json.123456789']) await writeFile(join(folder, name), '');
    await removeLeftovers(folder);
    expect((await readdir(folder)).sort()).toEqual([...kept].sort());
  });
});
