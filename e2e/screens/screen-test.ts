import { fileURLToPath } from 'node:url';
import { expect, test as base, type Page } from '@playwright/test';
import type { ScenarioOptions } from '../../apps/desktop/src/renderer/testing/scenario-engine.js';
import { askAxe } from '../harness/axe.js';
import { takesPictures } from '../harness/pictures.js';
import { startScenarioServer, type ScenarioServer } from './scenario-server.js';

const pageRoot = fileURLToPath(new URL('../../apps/desktop/out/renderer', import.meta.url));
const shots = fileURLToPath(new URL('../../test-results/screens/shots', import.meta.url));

export interface Look {
  readonly language: 'en' | 'pt-BR';
  readonly theme: 'light' | 'dark';
  readonly width: 1180 | 420;
  readonly rules: 'all' | 'colours';
}

/**
 * Every theme, language and size is seen, each with each other at least once. All rules of axe see each theme and each
 * size. What is left to see in the other language is words, which are there or do not compile, so that there the rules
 * that see colours are enough: with them, each theme is seen in each size.
 */
export const looks: readonly Look[] = [
  { language: 'en', theme: 'light', width: 1180, rules: 'all' },
  { language: 'pt-BR', theme: 'dark', width: 1180, rules: 'colours' },
  { language: 'pt-BR', theme: 'light', width: 420, rules: 'colours' },
  { language: 'en', theme: 'dark', width: 420, rules: 'all' },
];

/** The app, or its first run: the engine has answered. */
const appIsThere = '#main, #onb-title';

interface Fixtures {
  /**
   * Opens the page on a scenario of its own; resolves when the app is there and hears its keys. Anything that the page
   * complains of fails the test.
   */
  readonly open: (options: Partial<ScenarioOptions>) => Promise<ScenarioServer>;
}

export const test = base.extend<Fixtures>({
  open: async ({ page }, use) => {
    const servers: ScenarioServer[] = [];
    const complaints: string[] = [];
    page.on('console', (message) => {
      // A refused socket is told by the browser itself; what the app makes of it is what the tests look at.
      if (['error', 'warning'].includes(message.type()) && !message.text().includes('WebSocket')) {
        complaints.push(message.text());
      }
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await use(async (options) => {
      const server = await startScenarioServer(pageRoot, { rows: 15, ...options });
      servers.push(server);
      await page.goto(server.url);
      await expect(page.locator(appIsThere)).toBeAttached();
      return server;
    });
    for (const server of servers) await server.close();
    expect(complaints).toEqual([]);
  },
});

/** Puts the open page into a look, as the settings and the window's edge do. */
export async function putOn(page: Page, { engine }: ScenarioServer, { language, theme, width }: Look): Promise<void> {
  await page.setViewportSize({ width, height: width === 420 ? 860 : 760 });
  engine.setStatus({ settings: { ...engine.status.settings, language, theme } });
  await expect(page.locator('html')).toHaveAttribute('lang', language);
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
}

/** Asks axe, and takes the picture where pictures are wanted. */
export async function look(page: Page, name: string, { language, theme, width, rules }: Look): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  if (takesPictures()) {
    const path = `${shots}/${name}-${language}-${theme}-${String(width)}.png`;
    await page.screenshot({ path, animations: 'disabled' });
  }
  expect(await askAxe(page, takesPictures() ? 'all' : rules), `${language}, ${theme}, ${String(width)}`).toEqual([]);
}

export { expect };
