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

interface Fixtures {
  /** Opens the page on a scenario of its own. Anything that the page complains of fails the test. */
  readonly open: (options: Partial<ScenarioOptions> & { readonly look?: Look }) => Promise<ScenarioServer>;
}

export const test = base.extend<Fixtures>({
  open: async ({ page }, use) => {
    const servers: ScenarioServer[] = [];
    const complaints: string[] = [];
    page.on('console', (message) => {
      // A refused socket is told by the browser itself; what the app makes of it is what the tests look at.
      if (['error', 'warning'].includes(message.type()) && !message.text().includes('WebSocket'))
        complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await use(async ({ look = looks[0], ...options }) => {
      if (!look) throw new Error('there is no look');
      const settings = { language: look.language, theme: look.theme, ...options.settings };
      const server = await startScenarioServer(pageRoot, { rows: 15, ...options, settings });
      servers.push(server);
      await page.setViewportSize({ width: look.width, height: look.width === 420 ? 860 : 760 });
      await page.goto(server.url);
      return server;
    });
    for (const server of servers) await server.close();
    expect(complaints).toEqual([]);
  },
});

/** Takes the picture, and asks axe. */
export async function look(page: Page, name: string, { language, theme, width }: Look): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({
    path: `${shots}/${name}-${language}-${theme}-${String(width)}.png`,
    animations: 'disabled',
    caret: 'initial',
  });
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => ({
      id,
      where: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`),
    })),
  ).toEqual([]);
}

export { expect };
