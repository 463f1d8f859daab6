import { rows, type Screen } from './screen.js';
import { expect } from './screen-test.js';

/** The Files page and what is opened from it. */
export const fileScreens: readonly Screen[] = [
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
  {
    name: 'files-chosen',
    go: async (page) => {
      await rows(page).nth(2).click();
      await page.keyboard.press('Escape');
      await rows(page).nth(2).focus();
      await page.keyboard.press('ControlOrMeta+a');
      await expect(page.getByRole('row', { selected: true }).nth(5)).toBeVisible();
    },
  },
  { name: 'files-100k', options: { rows: 100_000 }, go: (page) => expect(rows(page).nth(8)).toBeVisible() },
  {
    name: 'files-loading',
    options: { silent: ['catalogue:watch'] },
    go: (page) => expect(page.locator('main [aria-busy]').last()).toBeVisible(),
  },
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
    again: true,
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
    again: true,
    go: async (page) => {
      await expect(rows(page).nth(2)).toBeVisible();
      await page.evaluate(() => {
        const data = new DataTransfer();
        for (const name of ['a.txt', 'b.mov', 'c.pdf']) data.items.add(new File(['x'], name));
        window.dispatchEvent(new DragEvent('dragenter', { dataTransfer: data, bubbles: true, cancelable: true }));
      });
      await expect(page.getByText('Esc', { exact: true })).toBeVisible();
    },
  },
  {
    name: 'share-people',
    window: { files: ['/home/ana/tese.pdf', '/home/ana/mapa.png'] },
    again: true,
    go: async (page) => {
      await expect(rows(page).nth(2)).toBeVisible();
      await page.keyboard.press('Control+o');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio').nth(1).check();
      await dialog.getByRole('checkbox', { name: /Marina/ }).check();
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
];
