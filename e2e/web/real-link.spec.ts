import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from './web-test.js';
import { goTo, join, upload } from './member.js';

test('W30: a link gives a file to somebody without anything, its owner sees it, and ends it at once', async ({
  page,
  origin,
  browser,
}) => {
  await join(page, origin);
  const bytes = randomBytes(2_000_000);
  await upload(page, 'Tese – versão final.bin', bytes);
  await page.getByRole('region', { name: 'Uploads' }).getByRole('button', { name: 'Get a link' }).click();
  await page.getByLabel('Password (may stay empty)').fill('mel');
  await page.getByRole('button', { name: 'Get the link' }).click();
  const address = await page.getByRole('dialog').getByLabel('Link', { exact: true }).inputValue();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

  const context = await browser.newContext({ locale: 'pt-BR', ignoreHTTPSErrors: true });
  const guest = await context.newPage();
  await guest.goto(address);
  await expect(guest).toHaveTitle('Um arquivo com senha · Enxame');
  await guest.getByLabel('Senha').fill('vespa');
  await guest.getByRole('button', { name: 'Abrir' }).click();
  await expect(guest.getByRole('alert')).toContainText('A senha não é essa.');
  await guest.getByLabel('Senha').fill('mel');
  await guest.getByRole('button', { name: 'Abrir' }).click();
  await expect(guest.getByRole('heading', { name: 'Tese – versão final.bin' })).toBeVisible();
  const saving = guest.waitForEvent('download');
  await guest.getByRole('button', { name: 'Baixar, 2,0 MB' }).click();
  expect((await readFile(await (await saving).path())).equals(bytes)).toBe(true);
  await expect(guest.getByText('Recebido e conferido')).toBeVisible();

  await goTo(page, 'My files');
  await page.getByRole('button', { name: 'Who took it' }).click();
  await expect(page.getByText('Somebody')).toBeVisible();
  await expect(page.getByText(/1 download .* with password/)).toBeVisible();
  await page.getByRole('button', { name: 'End the link to Tese – versão final.bin' }).click();
  await page.getByRole('button', { name: 'End the link', exact: true }).click();
  await expect(page.getByText(/No links/)).toBeVisible();
  await guest.reload();
  await expect(guest.getByRole('heading', { name: 'Este link terminou' })).toBeVisible();
  await context.close();
});

test('W31: a link is used up by so many downloads; without JavaScript there is the file', async ({
  page,
  origin,
  browser,
}) => {
  await join(page, origin);
  await upload(page, 'notes & d’été $1.txt', Buffer.from('hello, swarm\n'));
  await page.getByRole('region', { name: 'Uploads' }).getByRole('button', { name: 'Get a link' }).click();
  await page.getByRole('combobox', { name: 'Downloads' }).selectOption('1');
  await page.getByRole('button', { name: 'Get the link' }).click();
  const address = await page.getByRole('dialog').getByLabel('Link', { exact: true }).inputValue();
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB', ignoreHTTPSErrors: true });
  const plain = await context.newPage();
  await plain.goto(address);
  await expect(plain).toHaveTitle('notes & d’été $1.txt · Enxame');
  await expect(plain.getByRole('heading', { name: 'notes & d’été $1.txt' })).toBeVisible();
  const saving = plain.waitForEvent('download');
  await plain.getByRole('link', { name: 'Download notes & d’été $1.txt' }).click();
  expect(await readFile(await (await saving).path(), 'utf8')).toBe('hello, swarm\n');
  await plain.goto(address);
  await expect(plain.locator('noscript p').last()).toHaveText('This link has ended');
  const other = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await other.goto(address);
  await expect(other.getByText('All downloads of this link were taken')).toBeVisible();
  await other.context().close();
  await context.close();
});

test('W32: what is behind a link is shown before it is downloaded, and is no download', async ({
  page,
  origin,
  browser,
}) => {
  await join(page, origin);
  await upload(page, 'poem.txt', Buffer.from('<h1>uma colmeia</h1>\n'));
  await page.getByRole('region', { name: 'Uploads' }).getByRole('button', { name: 'Get a link' }).click();
  await page.getByRole('button', { name: 'Get the link' }).click();
  const address = await page.getByRole('dialog').getByLabel('Link', { exact: true }).inputValue();
  const context = await browser.newContext({ locale: 'en-GB', ignoreHTTPSErrors: true });
  const guest = await context.newPage();
  await guest.goto(address);
  await expect(guest.getByRole('region', { name: 'Preview of poem.txt' })).toHaveText('<h1>uma colmeia</h1>');
  await context.close();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await goTo(page, 'My files');
  await expect(page.getByText(/0 downloads/)).toBeVisible();
  await goTo(page, 'Statistics');
  await expect(page.getByText('kept on the server')).toBeVisible();
});
