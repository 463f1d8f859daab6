import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { writeRandomFile } from '../harness/files.js';
import { test } from '../harness/fixtures.js';
import { partReaches } from '../harness/part-file.js';
import { openApp } from '../harness/person.js';
import { runEnxame, type RunningProgram } from '../harness/program.js';

// The pictures of the README and the documents, taken from the real app with real engines: `npm run pictures`.

const pictures = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const megabyte = 1_000_000;
const shares: [who: string, names: [name: string, bytes: number][]][] = [
  ['Marina Souza', [['bathymetry-south-atlantic.nc', 97 * megabyte], ['cruise-log-2026.csv', 4_100_000], ['seafloor-model-v3.glb', 18 * megabyte]]],
  ['Rafael Lima', [['tese de doutorado.pdf', 18_400_000], ['aula 09, circulação termohalina.mp4', 120 * megabyte]]],
  ['Beatriz Nakamura', [['casamento Bia e João.zip', 780 * megabyte], ['receita de pão de mel da vó Célia.docx', 212_000]]],
]; // prettier-ignore

test('the pictures of the documents', async ({ world, browser }) => {
  const tracker = await world.startTracker('Lab Oceano');
  let beatriz: RunningProgram | undefined;
  for (const [who, names] of shares) {
    const engine = who.split(' ')[0]?.toLowerCase() ?? '';
    beatriz = await world.startPeer(engine, tracker.ready.url);
    const data = ['--data', world.path(`${engine}-data`)];
    await runEnxame(['register', who, ...data]);
    await mkdir(world.path(engine));
    for (const [name, bytes] of names) await writeRandomFile(world.path(`${engine}/${name}`), bytes);
    await runEnxame(['share', ...names.map(([name]) => world.path(`${engine}/${name}`)), ...data]);
  }
  const ana = await world.startPeer('ana', tracker.ready.url);
  const { page, register, share, file, download, sawVerified } = await openApp(browser, ana);
  await expect(page.getByLabel('Your name in this network')).toBeVisible();
  await page.screenshot({ path: `${pictures}first-run.png`, animations: 'disabled' });
  await register('Ana Andrade');
  await page.getByRole('button', { name: 'Later' }).click();
  await writeRandomFile(world.path('poster-sbpc-2026.ai'), 8_860_000);
  await share(world.path('poster-sbpc-2026.ai'));
  await expect(page.getByRole('row')).toHaveCount(9);
  await download('tese de doutorado.pdf');
  await sawVerified('tese de doutorado.pdf');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('link', { name: /^Files/ }).click();
  await file('bathymetry-south-atlantic.nc').click();
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('SHA-256');
  await page.screenshot({ path: `${pictures}files-light.png`, animations: 'disabled' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: `${pictures}files-dark.png`, animations: 'disabled' });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: 'Details' })).toHaveCount(0);
  await download('casamento Bia e João.zip');
  await page.getByRole('link', { name: /^Transfers/ }).click();
  // In the middle of it: its owner holds still for the picture.
  await partReaches(world.path('ana-downloads'), 150 * megabyte);
  beatriz?.freeze();
  await page.getByRole('button', { name: /^Show details of casamento/ }).click();
  await expect(page.getByText(/of [\d,]+ verified/).first()).toBeVisible();
  await expect(page.getByRole('img', { name: /now [1-9]/ })).toBeVisible();
  await page.screenshot({ path: `${pictures}transfers-light.png`, animations: 'disabled' });
});
