import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test as base, type Page } from '@playwright/test';
import { askAxe } from '../harness/axe.js';
import { takesPictures } from '../harness/pictures.js';
import { startEnxame, type RunningProgram } from '../harness/program.js';

const shots = fileURLToPath(new URL('../../test-results/web/shots', import.meta.url));

export interface Look {
  readonly language: 'en' | 'pt-BR';
  readonly theme: 'light' | 'dark';
  readonly width: 1180 | 390;
}

/** Every theme, language and size is seen, each with each other at least once. */
export const looks: readonly Look[] = [
  { language: 'en', theme: 'light', width: 1180 },
  { language: 'pt-BR', theme: 'dark', width: 1180 },
  { language: 'pt-BR', theme: 'light', width: 390 },
  { language: 'en', theme: 'dark', width: 390 },
];

/** For the states of a page that was seen in all looks. */
export const twoLooks: readonly Look[] = [
  { language: 'pt-BR', theme: 'light', width: 390 },
  { language: 'en', theme: 'dark', width: 1180 },
];

interface Fixtures {
  /** Complaints of a page that a test provokes on purpose. */
  readonly expectComplaint: (pattern: RegExp) => void;
}
interface WorkerFixtures {
  /** A real tracker with the built pages, for all tests of a worker. */
  readonly tracker: RunningProgram;
  /** Its address without TLS: for a browser, this computer is a secure context. */
  readonly origin: string;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  tracker: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'enxame-web-'));
      const program = await startEnxame([
        'tracker',
        '--host=127.0.0.1',
        '--port=0',
        '--name=Casa Andrade',
        `--data=${folder}`,
      ]);
      await use(program);
      await program.stop();
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  origin: [
    async ({ tracker }, use) => {
      await use(tracker.ready.url.replace('https:', 'http:'));
    },
    { scope: 'worker' },
  ],
  expectComplaint: [
    async ({ page }, use) => {
      const expected: RegExp[] = [];
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await use((pattern) => void expected.push(pattern));
      // The browser itself tells of each answer that is a refusal; what the page makes of it is what the tests look at.
      expect(
        complaints.filter(
          (text) => !/Failed to load resource/.test(text) && !expected.some((pattern) => pattern.test(text)),
        ),
      ).toEqual([]);
    },
    { auto: true },
  ],
});

/** Puts the open page into a look, by its own buttons. */
export async function putOn(page: Page, { language, theme, width }: Look): Promise<void> {
  await page.setViewportSize({ width, height: width === 390 ? 844 : 760 });
  await page.getByRole('combobox', { name: /Language|Idioma/ }).selectOption(language);
  const root = page.locator('html');
  if ((await root.getAttribute('data-theme')) !== theme) {
    await page.getByRole('button', { name: /(Dark|Light) theme|Tema (escuro|claro)/ }).click();
  }
  await expect(root).toHaveAttribute('lang', language);
  await expect(root).toHaveAttribute('data-theme', theme);
  await page.mouse.move(0, 0);
}

/** In each look: asks axe, looks for a page wider than its window, and takes the picture where pictures are wanted. */
export async function lookAt(page: Page, name: string, wanted: readonly Look[] = looks): Promise<void> {
  for (const look of wanted) {
    await putOn(page, look);
    const { language, theme, width } = look;
    await page.evaluate(() => document.fonts.ready);
    if (takesPictures()) {
      const path = `${shots}/${name}-${language}-${theme}-${String(width)}.png`;
      await page.screenshot({ path, animations: 'disabled', fullPage: true });
    }
    expect(await askAxe(page), `${name}, ${language}, ${theme}, ${String(width)}`).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth),
      `${name}: the width of the page`,
    ).toBeLessThanOrEqual(width);
  }
}

export { expect };
