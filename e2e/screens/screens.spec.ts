import type { Page } from '@playwright/test';
import type { ScenarioOptions } from '../../apps/desktop/src/renderer/testing/scenario-engine.js';
import type { ScenarioServer } from './scenario-server.js';
import { expect, look, looks, test } from './screen-test.js';

interface Screen {
  readonly name: string;
  readonly options?: Partial<ScenarioOptions>;
  /** Goes to the state; resolves when it is there. */
  readonly go: (page: Page, server: ScenarioServer) => Promise<void>;
}

const rows = (page: Page) => page.getByRole('grid').getByRole('row');
const firstRun = { registered: false, suggestedTracker: 'https://127.0.0.1:7667' };
const goTo = (page: Page, name: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = `#/${to}`;
  }, name);

const screens: readonly Screen[] = [
  { name: 'files', options: { transfers: true }, go: (page) => expect(rows(page).nth(8)).toBeVisible() },
  {
    name: 'files-drawer',
    options: { transfers: true },
    go: async (page) => {
      await rows(page).nth(2).click();
      await expect(page.getByRole('complementary').filter({ hasText: 'SHA-256' })).toBeVisible();
    },
  },
  {
    name: 'files-drawer-mine',
    go: async (page) => {
      await page.getByRole('radio').nth(1).click();
      await rows(page).nth(1).click();
      await expect(page.getByText('/home/ana/Documents/')).toBeVisible();
    },
  },
  {
    name: 'files-here',
    options: { transfers: true },
    go: async (page) => {
      await page.getByRole('radio').nth(2).click();
      await expect(rows(page).nth(4)).toBeVisible();
    },
  },
  { name: 'files-100k', options: { rows: 100_000 }, go: (page) => expect(rows(page).nth(8)).toBeVisible() },
  {
    name: 'files-empty',
    options: { rows: 0 },
    go: (page) => expect(page.getByText('Lab Oceano').last()).toBeVisible(),
  },
  {
    name: 'files-no-match',
    go: async (page) => {
      await page.getByRole('searchbox').fill('tese 2024');
      await expect(page.getByText('“tese 2024”')).toBeVisible();
    },
  },
  {
    name: 'files-offline',
    go: async (page, { engine }) => {
      await expect(rows(page).nth(2)).toBeVisible();
      const { tracker } = engine.status;
      if (tracker)
        engine.setStatus({
          tracker: {
            ...tracker,
            connected: false,
            since: Date.now() - 600_000,
            nextTryAt: Date.now() + 8500,
            error: { code: 'tracker-unreachable', params: { address: '127.0.0.1:7667' } },
          },
        });
      await expect(
        page
          .getByRole('status')
          .filter({ has: page.getByRole('button') })
          .first(),
      ).toBeVisible();
    },
  },
  {
    name: 'files-engine-stopped',
    go: async (page, server) => {
      await expect(rows(page).nth(2)).toBeVisible();
      server.stop();
      await expect(
        page
          .getByRole('status')
          .filter({ has: page.getByRole('button') })
          .first(),
      ).toBeVisible();
    },
  },
  {
    name: 'files-tray',
    go: async (page, { engine }) => {
      await expect(rows(page).nth(2)).toBeVisible();
      const [share] = engine.shares.values();
      if (!share) throw new Error('the scenario shares nothing');
      engine.setShare({
        ...share,
        id: 'aaaaaaaaaaaaaaaaaaaaaaaaaa' as typeof share.id,
        name: 'wedding-raw-camera-A.mov',
        state: 'hashing',
        contentId: null,
        sha256: null,
        size: 61e9,
        bytesHashed: 26e9,
      });
      engine.setShare({
        ...share,
        id: 'aaaaaaaaaaaaaaaaaaaaaaaaae' as typeof share.id,
        name: 'old-notes.txt',
        path: '/home/ana/Documents/old-notes.txt',
        state: 'broken',
        error: { code: 'file-vanished', params: { name: 'old-notes.txt' } },
      });
      await expect(page.getByText('/home/ana/Documents/old-notes.txt')).toBeVisible();
    },
  },
  {
    name: 'files-filter-menu',
    go: async (page) => {
      await page.getByRole('group').first().getByRole('button').first().click();
      await expect(page.getByRole('menu')).toBeVisible();
    },
  },
  {
    name: 'drop',
    go: async (page) => {
      await expect(rows(page).nth(2)).toBeVisible();
      await page.evaluate(() => {
        const data = new DataTransfer();
        for (const name of ['a.txt', 'b.mov', 'c.pdf']) data.items.add(new File(['x'], name));
        window.dispatchEvent(new DragEvent('dragenter', { dataTransfer: data, bubbles: true, cancelable: true }));
      });
      await expect(page.getByText('Esc')).toBeVisible();
    },
  },
  {
    name: 'add-dialog',
    go: async (page) => {
      await page.keyboard.press('Control+o');
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'add-browse',
    go: async (page) => {
      await page.keyboard.press('Control+o');
      await page.getByRole('dialog').getByRole('button').last().click();
      await page.getByRole('checkbox').nth(3).check();
      await page.getByRole('checkbox').nth(4).check();
    },
  },
  {
    name: 'transfers',
    options: { transfers: true },
    go: async (page) => {
      await goTo(page, 'transfers');
      await expect(page.getByRole('progressbar').first()).toBeVisible();
    },
  },
  {
    name: 'transfers-open',
    options: { transfers: true },
    go: async (page) => {
      await goTo(page, 'transfers');
      await page.locator('[data-transfer="t-1"] [aria-expanded]').click();
      await expect(page.getByRole('table')).toBeVisible();
    },
  },
  {
    name: 'transfers-cancel',
    options: { transfers: true },
    go: async (page) => {
      await goTo(page, 'transfers');
      await page.locator('[data-transfer="t-1"]').getByRole('button').last().click();
      await expect(page.getByRole('alertdialog')).toBeVisible();
    },
  },
  {
    name: 'transfers-finished',
    options: { transfers: true },
    go: async (page) => {
      await goTo(page, 'transfers');
      await page.locator('[data-transfer="t-0"]').getByRole('button').last().click();
      await expect(page.locator('[data-transfer="t-0"]')).toHaveCount(0);
      await page.locator('[data-transfer="t-9"]').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'transfers-empty',
    go: async (page) => {
      await goTo(page, 'transfers');
      await expect(page.getByRole('main').getByRole('button').first()).toBeVisible();
    },
  },
  {
    name: 'people',
    go: async (page) => {
      await goTo(page, 'people');
      await expect(page.getByText('João Vitor')).toBeVisible();
    },
  },
  {
    name: 'people-chosen',
    go: async (page) => {
      await goTo(page, 'people');
      await page.getByRole('link', { name: /Marina/ }).click();
      await expect(rows(page).nth(2)).toBeVisible();
    },
  },
  {
    name: 'connection',
    go: async (page) => {
      await goTo(page, 'connection');
      await expect(page.getByText('mel-trigo-farol-41')).toBeVisible();
    },
  },
  {
    name: 'connection-seal-changed',
    go: async (page, { engine }) => {
      await goTo(page, 'connection');
      const { tracker } = engine.status;
      if (tracker)
        engine.setStatus({
          tracker: {
            ...tracker,
            connected: false,
            nextTryAt: null,
            error: {
              code: 'tracker-identity-changed',
              params: { address: '127.0.0.1:7667', words: 'sal-noite-porta-09' },
            },
          },
        });
      await expect(page.getByText('sal-noite-porta-09')).toBeVisible();
    },
  },
  {
    name: 'connection-change',
    go: async (page) => {
      await goTo(page, 'connection');
      await page.getByRole('button', { name: /another network|outra rede/ }).click();
      await page.getByRole('textbox').fill('192.168.1.20');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: /Casa Andrade/ })).toBeVisible();
    },
  },
  {
    name: 'settings',
    go: async (page) => {
      await goTo(page, 'settings');
      await expect(page.getByText('/home/ana/Enxame')).toBeVisible();
    },
  },
  {
    name: 'shortcuts',
    go: async (page) => {
      await expect(rows(page).nth(2)).toBeVisible();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  { name: 'first-run', options: firstRun, go: (page) => expect(page.getByText('mel-trigo-farol-41')).toBeVisible() },
  {
    name: 'first-run-free',
    options: firstRun,
    go: async (page) => {
      await page.locator('input[autocomplete="username"]').fill('aninha');
      await expect(page.locator('input[autocomplete="username"]')).toHaveAccessibleDescription(/Free|Livre/);
    },
  },
  {
    name: 'first-run-taken',
    options: firstRun,
    go: async (page) => {
      await page.locator('input[autocomplete="username"]').fill('rafael lima');
      await expect(page.getByRole('button', { name: 'rafael.lima' })).toBeVisible();
    },
  },
  {
    name: 'first-run-blank',
    options: { registered: false },
    go: (page) => expect(page.getByRole('textbox')).toBeFocused(),
  },
  {
    name: 'first-run-no-answer',
    options: { registered: false },
    go: async (page) => {
      await page.getByRole('textbox').fill('10.9.9.9');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
];

for (const screen of screens) {
  for (const one of looks) {
    test(`${screen.name}, ${one.language}, ${one.theme}, ${String(one.width)}`, async ({ page, open }) => {
      const server = await open({ ...screen.options, look: one });
      await screen.go(page, server);
      await look(page, screen.name, one);
    });
  }
}

for (const one of looks) {
  test(`files-loading, ${one.language}, ${one.theme}, ${String(one.width)}`, async ({ page, open }) => {
    const server = await open({ registered: false, suggestedTracker: null, look: one });
    await expect(page.getByRole('textbox')).toBeFocused();
    server.engine.silent.add('catalogue:watch');
    server.engine.handlers['tracker:use']({ url: '127.0.0.1', trust: false }, { id: 0, emit: () => undefined });
    server.engine.handlers['user:register']({ name: 'Ana Andrade' }, { id: 0, emit: () => undefined });
    await expect(page.locator('[aria-busy]').last()).toBeVisible();
    await look(page, 'files-loading', one);
  });
}
