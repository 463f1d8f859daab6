import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readBenchOptions } from './bench-options.js';
import { describeMachine } from './machine.js';

// app: the page in a real Chromium: 100,000 entries (first paint, scrolling, search), 200 active transfers that change
// ten times a second, an idle window, and what the page weighs.

const options = readBenchOptions(process.argv.slice(2));
const top = fileURLToPath(new URL('../../', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'enxame-bench-'));
const out = join(folder, 'figures.json');

/** What each figure is, and what it is to be at most. */
const lines: readonly (readonly [name: string, words: string, unit: string, most?: number])[] = [
  ['bundleKb', 'the page, gzipped', 'kB', 400],
  ['firstPaintMs', 'first rows of 100,000 after the engine answered', 'ms', 1000],
  ['scrollP95Ms', 'a frame while scrolling, p95', 'ms', 16.7],
  ['scrollMedianMs', 'a frame while scrolling, median', 'ms'],
  ['scrollThreadMs', 'the thread of the page, for each of these frames', 'ms'],
  ['searchP95Ms', 'from typing to the result, p95', 'ms', 100],
  ['searchWithoutEngineP95Ms', 'the same without what the engine took', 'ms'],
  ['transfersCorePercent', '200 transfers, 10 changes a second', '% of a core', 25],
  ['longestTaskMs', 'the longest task meanwhile (0: none over 50 ms)', 'ms', 50],
  ['idleCorePercent', 'an app that nobody uses', '% of a core'],
  ['load', 'load of the machine at the end', ''],
];

try {
  const child = spawn(
    process.execPath,
    [join(top, 'node_modules/@playwright/test/cli.js'), 'test', '-c', join(top, 'e2e/bench/playwright.config.ts')],
    {
      cwd: top,
      // What the runner says of itself is no figure.
      stdio: ['ignore', options.json ? 'ignore' : 'inherit', 'inherit'],
      env: { ...process.env, ENXAME_BENCH_OUT: out, ENXAME_BENCH_QUICK: options.quick ? '1' : '0' },
    },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the browser's run ended with ${String(code)}`);
  const figures = JSON.parse(await readFile(out, 'utf8')) as Record<string, number>;
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ bench: 'app', machine: describeMachine(), figures })}\n`);
  } else {
    for (const [name, words, unit, most] of lines) {
      const goal = most === undefined ? '' : `  (at most ${String(most)})`;
      process.stdout.write(`${words.padEnd(52)} ${String(figures[name])} ${unit}${goal}\n`);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
