import { readdir, readFile, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test as base, type Page } from '@playwright/test';
import type { ScenarioOptions } from '../../apps/desktop/src/renderer/testing/scenario-engine.js';
import { startScenarioServer, type ScenarioServer } from '../screens/scenario-server.js';
import { measureScroll, watchFirstRow, watchLongTasks } from './in-page.js';

// The figures of the app in a real Chromium, against the scenario engine: what the page costs, not what a network does.

const pageRoot = fileURLToPath(new URL('../../apps/desktop/out/renderer', import.meta.url));
const quick = process.env['ENXAME_BENCH_QUICK'] === '1';
const rows = 100_000;
const frames = quick ? 60 : 300;
const searches = quick ? 5 : 20;
const ticks = quick ? 30 : 100;
const tickMs = 100;
const idleMs = quick ? 3000 : 10_000;

const figures: Record<string, number> = {};
const keep = (name: string, value: number, digits = 1): void => {
  figures[name] = Number(value.toFixed(digits));
};

const test = base.extend<{ open: (options: ScenarioOptions) => Promise<ScenarioServer> }>({
  open: async ({ page }, use) => {
    let server: ScenarioServer | undefined;
    await use(async (options) => {
      server = await startScenarioServer(pageRoot, options);
      await page.addInitScript(watchFirstRow);
      await page.addInitScript(watchLongTasks);
      await page.goto(server.url);
      return server;
    });
    await server?.close();
  },
});

test.afterAll(async () => {
  keep('load', loadavg()[0] ?? Number.NaN);
  const out = process.env['ENXAME_BENCH_OUT'];
  if (out !== undefined) await writeFile(out, JSON.stringify(figures));
});

test('bundle', async () => {
  const assets = join(pageRoot, 'assets');
  let bytes = 0;
  for (const name of await readdir(assets))
    if (/\.(js|css)$/.test(name)) bytes += gzipSync(await readFile(join(assets, name))).length;
  keep('bundleKb', bytes / 1000);
});

test('a list of 100,000', async ({ page, open }) => {
  const { engine } = await open({ rows });
  const engineTimes = timeCall(engine.handlers, 'catalogue:watch');
  await expect(page.getByRole('row').nth(5)).toBeVisible();
  const { at, statusAt } = await page.evaluate(() => ({
    at: Number(document.documentElement.dataset['firstRowAt']),
    statusAt: Number(document.documentElement.dataset['openAt']),
  }));
  keep('firstPaintMs', at - statusAt);

  const busySeconds = await watchThread(page);
  const before = await busySeconds();
  const scroll = await page.getByRole('grid').evaluate(measureScroll, frames);
  // What a frame costs the page itself, however busy the machine is with other work.
  keep('scrollThreadMs', (((await busySeconds()) - before) * 1000) / frames);
  keep('scrollP95Ms', percentile(scroll, 95));
  keep('scrollMedianMs', percentile(scroll, 50));
  await page.getByRole('grid').evaluate((grid) => {
    grid.scrollTop = 0;
  });

  const words = ['notes', 'film', 'data', 'report', 'map'];
  const latencies: number[] = [];
  const own: number[] = [];
  for (let turn = 0; turn < searches; turn++) {
    // Always from the whole list to a part of it: what is waited for is another count.
    await searchFor(page, '');
    engineTimes.length = 0;
    const ms = await searchFor(page, `${words[turn % words.length] ?? ''} ${String(turn % 10)}`);
    latencies.push(ms);
    own.push(ms - engineTimes.reduce((sum, time) => sum + time, 0));
  }
  keep('searchP95Ms', percentile(latencies, 95));
  keep('searchWithoutEngineP95Ms', percentile(own, 95));
});

test('200 active transfers, 10 changes a second', async ({ page, open }) => {
  const { engine } = await open({ transfers: true, rows: 230 });
  const [, model] = [...engine.transfers.values()];
  if (!model) throw new Error('the scenario moves nothing');
  const many = Array.from({ length: 200 }, (_, index) => ({
    ...model,
    id: `t-${String(1000 + index)}` as typeof model.id,
    name: `field-notes-${String(index)}.tar`,
  }));
  for (const transfer of many) engine.transfers.set(transfer.id, transfer);
  engine.broadcast('transfers:changed', { upserted: many, removed: [] });
  await page.evaluate(() => {
    location.hash = '#/transfers';
  });
  await expect(page.getByRole('region', { name: 'Active' }).locator('[data-transfer]')).toHaveCount(200);
  const busySeconds = await watchThread(page);
  await page.evaluate(() => {
    document.documentElement.dataset['longTaskMs'] = '0';
  });
  const before = await busySeconds();
  for (let tick = 1; tick <= ticks; tick++) {
    engine.broadcast('transfers:changed', {
      upserted: many.map((transfer) => ({ ...transfer, bytesDone: transfer.bytesDone + tick * 4_820_000 })),
      removed: [],
    });
    await page.waitForTimeout(tickMs); // the pace is what is measured
  }
  keep('transfersCorePercent', (((await busySeconds()) - before) / ((ticks * tickMs) / 1000)) * 100);
  keep('longestTaskMs', await page.evaluate(() => Number(document.documentElement.dataset['longTaskMs'])));
});

test('an app that nobody uses', async ({ page, open }) => {
  await open({ rows: 1000 });
  await expect(page.getByRole('row').nth(5)).toBeVisible();
  await page.waitForTimeout(2000);
  const busySeconds = await watchThread(page);
  const before = await busySeconds();
  await page.waitForTimeout(idleMs);
  keep('idleCorePercent', (((await busySeconds()) - before) / (idleMs / 1000)) * 100, 2);
});

/** The seconds that the page's thread itself ran: what else the machine does meanwhile does not count. */
async function watchThread(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
}

/** From the last key of a search to the frame after its answer is in the document. */
async function searchFor(page: Page, words: string): Promise<number> {
  const status = page.getByRole('group', { name: 'Filters' }).getByRole('status');
  const before = await status.textContent();
  if ((await page.getByRole('searchbox').inputValue()) === words) return 0;
  return page.getByRole('searchbox').evaluate(
    (input: HTMLInputElement, { text, old }) =>
      new Promise<number>((resolve) => {
        const target = document.querySelector('[role="group"] [role="status"]');
        const startedAt = performance.now();
        const observer = new MutationObserver(() => {
          if (target?.textContent === old) return;
          observer.disconnect();
          requestAnimationFrame(() => {
            resolve(performance.now() - startedAt);
          });
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
        input.dispatchEvent(new Event('input', { bubbles: true }));
      }),
    { text: words, old: before },
  );
}

type Handlers = Record<string, (payload: never, session: never) => unknown>;

/** How long each call of one name took in the engine. */
function timeCall(handlers: Handlers, name: string): number[] {
  const times: number[] = [];
  const handle = handlers[name];
  if (!handle) throw new Error(`no call ${name}`);
  handlers[name] = (payload, session) => {
    const startedAt = performance.now();
    const answer = handle(payload, session);
    times.push(performance.now() - startedAt);
    return answer;
  };
  return times;
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}
