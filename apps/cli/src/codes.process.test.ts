import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, enxameLine, openCodeBench, type CodeBench } from './testing/code-bench.js';

let bench: CodeBench;
beforeAll(async () => {
  bench = await openCodeBench();
});
afterAll(async () => {
  await bench.close();
});

const received = (output: string): { path: string; sha256: string } =>
  JSON.parse(output.trim().split('\n').at(-1) ?? '') as { path: string; sha256: string };

describe('codes between two computers with Enxame', () => {
  it('W42 carry a file, however the code is typed, and both sides know that it arrived', async () => {
    const { path, content } = await bench.makeFile('file.bin');
    const sender = bench.enxame('a', 'send', path);
    const to = join(bench.folder, 'got');
    const receiver = bench.enxame(
      'b',
      '--json',
      'receive',
      ...(await codeOf(sender)).toUpperCase().split('-'),
      '--yes',
      '--to',
      to,
    );
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
    for (const receiver of receivers) {
      const { code, output } = await receiver.end;
      expect(code, output).toBe(0);
    }
    const got = async (number: number): Promise<string[]> =>
      (await readdir(join(to(number), 'many'), { recursive: true })).sort();
    expect(await got(1)).toEqual(['sub', 'sub/empty', 'sub/relação.txt', 'top.bin']);
    expect(await got(2)).toEqual(['top.bin']);
    sender.child.kill('SIGTERM');
    await sender.end;
  });

  it('W40 carry what stood on standard input', async () => {
    const [command = '', ...line] = enxameLine('--tracker', bench.url, 'send', '-', '--code-length', '0');
    const sender = bench.run(command, line, { home: join(bench.folder, 'piped'), input: 'from a pipe' });
    const said = await codeOf(sender);
    expect(said).toMatch(/^\d+-[A-Z2-9]{4}$/);
    const receiver = bench.enxame(
      'b',
      '--json',
      'receive',
      said.toLowerCase(),
      '--yes',
      '--to',
      join(bench.folder, 'pipe'),
    );
    const { code, output } = await receiver.end;
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(await readFile(received(output).path, 'utf8')).toBe('from a pipe');
    expect((await sender.end).code).toBe(0);
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
