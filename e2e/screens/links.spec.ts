import { makeLink } from '../../apps/desktop/src/renderer/testing/scenario-links.js';
import { goTo, rows } from './screen.js';
import { expect, test } from './screen-test.js';

test('a link is made from the details of a file, and ended from the list of links', async ({ page, open }) => {
  const { engine } = await open({});
  await rows(page).filter({ hasText: 'poster-sbpc' }).click();
  await page.getByRole('button', { name: 'Get link' }).click();
  await page.getByRole('combobox', { name: 'Downloads' }).selectOption('ten');
  await page.getByLabel('Password').fill('honey');
  await page.getByRole('button', { name: 'Make the link' }).click();
  await expect(page.getByRole('dialog').getByText('https://127.0.0.1:7667/f/')).toBeVisible();
  expect(engine.asked.find(({ call }) => call === 'link:create')?.payload).toMatchObject({
    maxDownloads: 10,
    password: 'honey',
    lifeMs: 7 * 86_400_000,
  });
  await page.keyboard.press('Escape');
  await goTo(page, 'send/links');
  await expect(page.getByText('downloaded 0 of 10 times')).toBeVisible();
  await page.getByRole('button', { name: 'End the link' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'End the link' }).click();
  await expect(page.getByText('No links yet')).toBeVisible();
});

test('who took a link is told, and whether they have all of it', async ({ page, open }) => {
  const { engine } = await open({});
  engine.links = [makeLink(1, Date.now(), { downloads: 3 })];
  await goTo(page, 'send/links');
  await page.getByRole('button', { name: 'Who took it' }).click();
  await expect(page.getByRole('list', { name: 'Who took it' }).getByRole('listitem')).toHaveText([
    /Marina Souza.*All of it/,
    /Chrome, Android.*All of it/,
    /Somebody with a browser.*12.0 MB of it/,
  ]);
});

test('a copy is kept by the network, and let go', async ({ page, open }) => {
  await open({});
  await rows(page).filter({ hasText: 'poster-sbpc' }).click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.getByRole('button', { name: 'Keep a copy' }).click();
  await expect(details.getByText('The network is fetching it.')).toBeVisible();
  await details.getByRole('button', { name: 'Let the copy go' }).click();
  await expect(details.getByRole('button', { name: 'Keep a copy' })).toBeVisible();
});
