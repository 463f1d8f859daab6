import { makeLink } from '../../apps/desktop/src/renderer/testing/scenario-links.js';
import { goTo, rows, type Screen } from './screen.js';
import { expect } from './screen-test.js';

const firstRun = { registered: false, suggestedTracker: 'https://127.0.0.1:7667' };

/** Every other page, and the first run. */
export const otherScreens: readonly Screen[] = [
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
    name: 'connection-relay',
    go: async (page) => {
      await goTo(page, 'connection');
      await page
        .getByRole('button', { name: /^(Details for|Detalhes de)/ })
        .nth(1)
        .click();
      await expect(page.getByRole('list', { name: /Paths tried|Caminhos tentados/ })).toBeVisible();
      await page.getByRole('button', { name: /Measure the speed|Medir a velocidade/ }).click();
      await expect(page.getByText(/The network is the limit|A rede é o limite/)).toBeVisible();
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
    name: 'settings-limits',
    go: async (page, { engine }) => {
      const [, beatriz] = engine.people;
      if (!beatriz) throw new Error('the scenario has no people');
      engine.limits = {
        ...engine.limits,
        limits: {
          ...engine.limits.limits,
          schedule: [
            {
              days: [1, 2, 3, 4, 5],
              fromMinute: 480,
              toMinute: 1080,
              limits: { receive: 10_000_000, send: 2_000_000 },
            },
            { days: [0], fromMinute: 570, toMinute: 720, limits: { receive: 1_000_000, send: null } },
          ],
          people: [{ userId: beatriz.id, name: beatriz.name, limits: { receive: null, send: 500_000 } }],
        },
      };
      engine.broadcast('limits:changed', engine.limits);
      await goTo(page, 'settings/limits');
      await expect(page.getByRole('grid')).toBeVisible();
    },
  },
  {
    name: 'settings-check',
    go: async (page, { engine }) => {
      const [share] = [...engine.shares.values()];
      if (!share?.contentId) throw new Error('the scenario shares nothing');
      const error = { code: 'file-changed' as const, params: { name: share.name } };
      engine.setVerify({
        ...engine.verify,
        running: true,
        filesTotal: 1200,
        filesDone: 344,
        bytesTotal: 214_000_000_000,
        bytesDone: 61_000_000_000,
        brokenCount: 1200,
        broken: [{ path: share.path, contentId: share.contentId, error }],
      });
      await goTo(page, 'settings/check');
      await expect(page.getByText(share.path)).toBeInViewport();
    },
  },
  {
    name: 'links',
    go: async (page, { engine }) => {
      const now = Date.now();
      engine.links = [
        makeLink(1, now, { downloads: 3 }),
        makeLink(2, now, {
          name: 'Casamento Bia e João',
          isFolder: true,
          size: 38_200_000_000,
          expiresAt: null,
          hasPassword: true,
        }),
        makeLink(3, now, { downloads: 1, maxDownloads: 1, expiresAt: now - 60_000 }),
      ];
      await goTo(page, 'send/links');
      await page
        .getByRole('button', { name: /^(Who took it|Quem baixou)$/ })
        .first()
        .click();
      await expect(page.getByText('Marina Souza')).toBeVisible();
    },
  },
  {
    name: 'link-new',
    again: true,
    go: async (page) => {
      await rows(page).filter({ hasText: 'poster-sbpc' }).click();
      await page.getByRole('button', { name: /^(Get link|Criar link)$/ }).click();
      await expect(page.getByRole('dialog').getByRole('combobox').first()).toBeVisible();
    },
  },
  {
    name: 'recovery-offer',
    options: { wordsSaved: false },
    go: (page) => expect(rows(page).nth(8)).toBeVisible(),
  },
  {
    name: 'recovery-words',
    again: true,
    go: async (page) => {
      await goTo(page, 'settings/identity');
      await page.getByRole('button', { name: /^(See again|Ver de novo)$/ }).click();
      await expect(page.getByRole('dialog').getByRole('listitem').nth(23)).toBeVisible();
    },
  },
  {
    name: 'recovery-restore',
    options: firstRun,
    again: true,
    go: async (page) => {
      await page.getByRole('radio', { name: /^(I was here before|Já estive aqui)$/ }).click();
      await expect(page.locator('textarea')).toBeFocused();
    },
  },
  {
    name: 'device-code',
    again: true,
    go: async (page) => {
      await goTo(page, 'settings/identity');
      await page.getByRole('button', { name: /^(Add a computer|Adicionar um computador)$/ }).click();
      await expect(page.getByText('7-abelha-vinho-mel')).toBeVisible();
    },
  },
  {
    name: 'settings-window',
    window: { update: { state: 'ready', version: '0.2.0' } },
    go: async (page) => {
      await goTo(page, 'settings/start');
      await expect(page.getByRole('button', { name: /0\.2\.0/ })).toBeVisible();
    },
  },
  {
    name: 'settings-network',
    go: async (page) => {
      await goTo(page, 'settings/network');
      await expect(page.getByText('Casa Andrade')).toBeVisible();
    },
  },
  {
    name: 'palette',
    again: true,
    go: async (page) => {
      await expect(rows(page).nth(2)).toBeVisible();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').last().fill('mar');
      await expect(page.getByRole('option').first()).toBeVisible();
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
