import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, killed, openCodeBench, type CodeBench } from './testing/code-bench.js';

let bench: CodeBench;
beforeAll(async () => {
  bench = await openCodeBench();
});
afterAll(async () => {
  await bench.close();
});

/** Resolves when the part file of a receiver has grown to so many bytes. It is looked at, for nobody tells. */
async function untilPart(folder: string, bytes: number): Promise<void> {
  for (;;) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((each) => each.endsWith('.part'))) {
      const { blocks } = await stat(join(folder, name)).catch(() => ({ blocks: 0 }));
      if (blocks * 512 >= bytes) return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const received = (output: string): { path: string; sha256: string } =>
  JSON.parse(output.trim().split('\n').at(-1) ?? '') as { path: string; sha256: string };

describe('codes between two computers with Enxame', () => {
  it('W42 carry a file, and both sides know that it arrived', async () => {
    const { path, content } = await bench.makeFile('file.bin');
    const sender = bench.enxame('a', 'send', path);
    const to = join(bench.folder, 'got');
    const receiver = bench.enxame('b', '--json', 'receive', await codeOf(sender), '--yes', '--to', to);
    const { code, output } = await receiver.end;
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(await readFile(received(output).path)).toEqual(content);
    expect((await sender.end).code).toBe(0);
  });

  it('W30 serve several receivers of one code, each with what it chose, until it is stopped', async () => {
    const sender = bench.enxame('a', 'send', '--keep', await bench.makeFolder('many'));
    const said = await codeOf(sender);
    const to = (number: number): string => join(bench.folder, `many-got-${String(number)}`);
    const receivers = [
      bench.enxame('many-1', 'receive', said, '--yes', '--to', to(1)),
      bench.enxame('many-2', 'receive', said, '--yes', '--to', to(2), '--only', '*.bin'),
    ];
    for (const receiver of receivers) expect(await receiver.end).toMatchObject({ code: 0 });
    const got = async (number: number): Promise<string[]> =>
      (await readdir(join(to(number), 'many'), { recursive: true })).sort();
    expect(await got(1)).toEqual(['sub', 'sub/empty', 'sub/relação.txt', 'top.bin']);
    expect(await got(2)).toEqual(['top.bin']);
    sender.child.kill('SIGTERM');
    await sender.end;
  });

  it('W12 says of a wrong code only that it is wrong or expired', async () => {
    const { path } = await bench.makeFile('wrong.bin', 10);
    const sender = bench.enxame('a', '--json', 'send', path);
    const [, nameplate = ''] = await sender.line(/"code":"(\d+)-/);
    const receiver = bench.enxame('b', '--json', 'receive', `${nameplate}-abacate-abacate`, '--yes');
    expect(JSON.parse((await receiver.end).output)).toMatchObject({ error: { code: 'code-wrong' } });
    expect((await sender.end).output).toContain('"code-ended"');
  });
});

describe('codes whose programs are killed', () => {
  const bytes = 24 * 1024 * 1024;

  it('W54 go on where they were: a receiver that says the code again, a sender that is back', async () => {
    const { path, content } = await bench.makeFile('killed.bin', bytes);
    const to = join(bench.folder, 'killed-got');
    await bench.enxame('slow', 'limits', '--receive', '8MiB/s').end;
    const sender = bench.enxame('k', 'send', '--keep', path);
    const said = await codeOf(sender);
    const first = bench.enxame('slow', 'receive', said, '--yes', '--to', to);
    await untilPart(to, bytes / 4);
    await killed(first);
    const again = bench.enxame('slow', '--json', 'receive', said, '--yes', '--to', to);
    await untilPart(to, bytes / 2);
    await killed(sender);
    // Any program of the same data folder goes on with what was sent under the code.
    const other = await bench.makeFile('other.bin', 10);
    await codeOf(bench.enxame('k', 'send', '--keep', other.path));
    const { code, output } = await again.end;
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(await readFile(received(output).path)).toEqual(content);
    const history = await bench.enxame('slow', '--json', 'history').end;
    const { records } = JSON.parse(history.output) as { records: { bytesMoved: number; result: string }[] };
    expect(records).toMatchObject([{ result: 'verified' }]);
    // Of the last run: what was verified before was not asked for again.
    expect(records[0]?.bytesMoved).toBeLessThan(0.9 * bytes);
  });
});
