import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import type { ScenarioOptions } from '../../apps/desktop/src/renderer/testing/scenario-engine.js';
import { startScenarioServer, type ScenarioServer } from './scenario-server.js';

const pageRoot = fileURLToPath(new URL('../../apps/desktop/out/renderer', import.meta.url));
const shots = fileURLToPath(new URL('../../test-results/screens/shots', import.meta.url));

export interface Look {
  readonly language: 'en' | 'pt-BR';
  readonly theme: 'light' | 'dark';
  readonly width: 1180 | 420;
}

/** Every theme, language and size is seen, each with each other at least once. */
export const looks: readonly Look[] = [
  { language: 'en', theme: 'light', width: 1180 },
  { language: 'pt-BR', theme: 'dark', width: 1180 },
  { language: 'pt-BR', theme: 'light', width: 420 },
  { language: 'en', theme: 'dark', width: 420 },
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

/** Takes the picture, and asks axe. */
export async function look(page: Page, name: string, { language, theme, width }: Look): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${shots}/${name}-${language}-${theme}-${String(width)}.png`, animations: 'disabled' });
  const { violations } = await new AxeBuilder({ page }).withTags([...axeTags]).analyze();
  const found = violations.map(({ id, nodes }) => ({
    id,
    where: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`),
  }));
  expect(found, `${language}, ${theme}, ${String(width)}`).toEqual([]);
}

const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] as const;

export { expect };
