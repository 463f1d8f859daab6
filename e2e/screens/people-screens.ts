import { goTo, rows, type Screen } from './screen.js';
import { expect } from './screen-test.js';

/** People, who may know of what, and watched folders, in the states that are worth a picture. */
export const peopleScreens: readonly Screen[] = [
  {
    name: 'people-key-changed',
    go: async (page, { engine }) => {
      engine.people = engine.people.map((person) => ({
        ...person,
        ...(person.name === 'Rafael Lima' && { keyChanged: true, note: 'Lab 3, ramal 204. Chega às 10h.' }),
        ...(person.name === 'Marina Souza' && { verifiedAt: Date.now() - 86_400_000 }),
        ...(person.name === 'João Vitor' && { blocked: true }),
      }));
      engine.broadcast('people:changed', { total: engine.people.length, people: engine.people });
      await goTo(page, 'people');
      await page.getByRole('link', { name: /Rafael/ }).click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'people-compare',
    go: async (page) => {
      await goTo(page, 'people');
      await page.getByRole('link', { name: /Marina/ }).click();
      await page.getByRole('button', { name: /Compare words|Comparar palavras/ }).click();
      await expect(page.getByText('trigo farol abelha vinho 41')).toBeVisible();
    },
  },
  {
    name: 'visibility',
    go: async (page) => {
      await rows(page).filter({ hasText: 'poster-sbpc' }).click();
      await page
        .getByRole('complementary')
        .getByRole('button', { name: /^(Change|Alterar|Mudar|Trocar)$/ })
        .first()
        .click();
      await page.getByRole('dialog').getByRole('radio').nth(1).check();
      await page.getByRole('checkbox', { name: /Marina/ }).check();
    },
  },
  {
    name: 'settings-watched',
    go: async (page, { engine }) => {
      const now = Date.now();
      engine.watched = [
        {
          path: '/home/ana/Pictures/For the lab',
          visibility: { kind: 'everyone' },
          addedAt: now,
          shared: 214,
          last: { name: 'IMG_2041.jpg', at: now - 60_000 },
          waiting: 2,
          error: null,
        },
        {
          path: '/media/ana/camera',
          visibility: { kind: 'link' },
          addedAt: now,
          shared: 0,
          last: null,
          waiting: 0,
          error: { code: 'path-not-found', params: { path: '/media/ana/camera' } },
        },
      ];
      engine.broadcast('watched:changed', { folders: engine.watched });
      await goTo(page, 'settings');
      await expect(page.getByText('/media/ana/camera').first()).toBeVisible();
    },
  },
];
