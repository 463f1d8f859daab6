import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../web/web-test.js';

// The pictures of the tracker's web pages, from a real tracker: `npm run pictures`.

const pictures = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const people: readonly (readonly [who: string, names: readonly (readonly [name: string, bytes: number])[]])[] = [
  [
    'Rafael Lima',
    [
      ['Tese de doutorado – versão final.pdf', 18_400_000],
      ['aula 09, circulação termohalina.mp4', 22_000_000],
    ],
  ],
  [
    'Marina Souza',
    [
      ['cruise-log-2026.csv', 4_100_000],
      ['seafloor-model-v3.glb', 18_000_000],
    ],
  ],
];

test('the pictures of the web pages', async ({ origin, browser }) => {
  let address = '';
  for (const [who, names] of people) {
    const page = await (
      await browser.newContext({ locale: 'en-GB', viewport: { width: 1180, height: 560 } })
    ).newPage();
    await page.goto(`${origin}/#/sign-in`);
    await page.getByLabel('Your name').fill(who);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByRole('link', { name: 'Files', exact: true }).click();
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Add files' }).click();
    const uploads = page.getByRole('region', { name: 'Uploads' });
    await (
      await choosing
    ).setFiles(
      names.map(([name, bytes]) => ({ name, mimeType: 'application/octet-stream', buffer: randomBytes(bytes) })),
    );
    await expect(uploads.getByText('On the server')).toHaveCount(names.length);
    await uploads.getByRole('button', { name: 'Get a link' }).first().click();
    await page.getByRole('button', { name: 'Get the link' }).click();
    const made = await page.getByRole('dialog').getByLabel('Link', { exact: true }).inputValue();
    if (address === '') address = made;
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Close the list' }).click();
    await page.reload();
    await expect(page.getByRole('list', { name: 'List of files' })).toBeVisible();
    await page.screenshot({ path: `${pictures}web-files.png` });
  }
  const guest = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 1180, height: 520 } })).newPage();
  await guest.goto(address);
  await guest.getByText('Check its integrity').click();
  await expect(guest.getByRole('button', { name: 'Copy SHA-256' })).toBeVisible();
  await guest.screenshot({ path: `${pictures}web-link.png` });
});
