import { goTo, rows, type Screen } from './screen.js';
import { expect } from './screen-test.js';

/** What moves, what moved, and what is asked before it moves. */
export const transferScreens: readonly Screen[] = [
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
      await page.locator('[data-transfer="t-1"] [aria-expanded]').first().click();
      await expect(page.getByRole('table')).toBeVisible();
    },
  },
  {
    name: 'transfers-cancel',
    options: { transfers: true },
    go: async (page) => {
      await goTo(page, 'transfers');
      await page
        .locator('[data-transfer="t-1"]')
        .getByRole('button', { name: /^(Stop and remove|Parar e tirar)$/ })
        .click();
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
    name: 'transfers-menu',
    options: { transfers: true },
    again: true,
    go: async (page) => {
      await goTo(page, 'transfers');
      await page
        .locator('[data-transfer="t-13"]')
        .getByRole('button', { name: /seafloor-model/ })
        .click();
      await expect(page.getByRole('menu')).toBeVisible();
    },
  },
  {
    name: 'transfers-limit',
    options: { transfers: true },
    again: true,
    go: async (page) => {
      await goTo(page, 'transfers');
      await page
        .locator('[data-transfer="t-4"]')
        .getByRole('button', { name: /ubuntu/ })
        .last()
        .click();
      await page.getByRole('menuitem').last().click();
      await page.getByRole('dialog').getByRole('textbox').fill('fast');
      await expect(page.getByRole('alert')).toHaveCount(2);
    },
  },
  {
    name: 'limits-popover',
    options: { transfers: true },
    again: true,
    go: async (page, { engine }) => {
      engine.limits = {
        ...engine.limits,
        inForce: { receive: 10_000_000, send: 2_000_000 },
        changesAt: Date.now() + 20 * 3_600_000,
      };
      engine.broadcast('limits:changed', engine.limits);
      await goTo(page, 'transfers');
      await page.getByRole('button', { name: /^(Speed limits|Limites de velocidade):/ }).click();
      await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
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
    name: 'history',
    options: { history: 100_000 },
    go: async (page) => {
      await goTo(page, 'history');
      await expect(rows(page).nth(8)).toBeVisible();
    },
  },
  {
    name: 'history-receipt',
    options: { history: 20 },
    again: true,
    go: async (page) => {
      await goTo(page, 'history');
      await rows(page).nth(1).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'history-empty',
    go: async (page) => {
      await goTo(page, 'history');
      await expect(page.getByRole('main').getByRole('button').last()).toBeVisible();
    },
  },
  {
    name: 'preflight',
    again: true,
    go: async (page, { engine }) => {
      engine.preflight = {
        fits: false,
        freeBytes: 1_900_000_000,
        collision: 'other',
        savedAs: 'Wedding – Bia & João (2)',
        filesHere: 1200,
        bytesHere: 20_000_000_000,
        bytesToFetch: 18_200_000_000,
        renames: {
          count: 140,
          shown: Array.from({ length: 100 }, (_, index) => ({
            from: `photos/aux/CON${String(index)}: morning?.jpg`,
            to: `photos/aux_/CON${String(index)}_ morning_.jpg`,
          })),
        },
      };
      await goTo(page, 'files');
      await page.getByRole('button', { name: /^(Download|Baixar) Wedding/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
];
