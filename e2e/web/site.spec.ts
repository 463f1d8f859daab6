import { randomBytes, createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { apiRoutes } from '@enxame/shared/tracker/api';
import { goTo, join, upload } from './member.js';
import { expect, lookAt, test, twoLooks } from './web-test.js';

test('W21: a guest is told what this is, and how to get in', async ({ page, origin }) => {
  await page.goto(origin);
  await expect(page).toHaveTitle('Casa Andrade · Enxame');
  await expect(page.getByRole('heading', { name: 'The files of Casa Andrade are for its members' })).toBeVisible();
  await lookAt(page, 'site-wall', twoLooks);
});

test('W22: a person is a key of this browser, which stays in it', async ({ page, origin }) => {
  const name = await join(page, origin);
  await page.reload();
  await expect(page.getByTitle(`Signed in as ${name}`)).toBeVisible();
  const key = await page.evaluate(async () => {
    const opening = indexedDB.open('enxame');
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const reading = opening.result.transaction('keys').objectStore('keys').getAll();
    await new Promise((resolve) => (reading.onsuccess = resolve));
    const [{ pair }] = reading.result as [{ pair: CryptoKeyPair }];
    const stolen = await crypto.subtle.exportKey('pkcs8', pair.privateKey).catch((error: unknown) => String(error));
    return { extractable: pair.privateKey.extractable, stolen: typeof stolen === 'string' ? stolen : 'a key' };
  });
  expect(key.extractable).toBe(false);
  expect(key.stolen).toContain('InvalidAccessError');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: `Sign in as ${name}` }).click();
  await expect(page.getByTitle(`Signed in as ${name}`)).toBeVisible();
});

test('W22: a name that is taken is said so, and another one can be chosen', async ({ page, origin, browser }) => {
  const taken = await join(page, origin);
  const other = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await other.goto(`${origin}/#/sign-in`);
  await other.getByLabel('Your name').fill(taken);
  await other.getByRole('button', { name: 'Join' }).click();
  await expect(other.getByText(/already has the name/)).toBeVisible();
  await other.getByLabel('Your name').fill(`Rui ${randomBytes(3).toString('hex')}`);
  await other.getByRole('button', { name: 'Join' }).click();
  await expect(other.getByRole('button', { name: 'Sign out' })).toBeVisible();
  await other.context().close();
});

test('W23: without encryption the page says so, and where to go', async ({ page, origin }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'isSecureContext', { value: false });
  });
  await page.goto(`${origin}/#/sign-in`);
  await expect(page.getByText('This page came without encryption')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open the encrypted page' })).toHaveAttribute('href', /^https:/);
  await lookAt(page, 'site-insecure', [{ language: 'pt-BR', theme: 'light', width: 390 }]);
});

test('W24: what is added is found, downloaded as it was, and removed', async ({ page, origin }) => {
  await join(page, origin);
  await goTo(page, 'Files');
  const bytes = randomBytes(3_000_000);
  await upload(page, 'relação de março.bin', bytes);
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.getByRole('searchbox').fill('relacao');
  const lines = page.getByRole('list', { name: 'List of files' }).getByRole('listitem');
  await expect(lines).toHaveCount(1);
  const line = lines.filter({ hasText: 'relação de março' });
  const saving = page.waitForEvent('download');
  await line.getByRole('link', { name: 'Download relação de março.bin' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('relação de março.bin');
  expect((await readFile(await saved.path())).equals(bytes)).toBe(true);
  await goTo(page, 'My files');
  await expect(page.getByText(/3[.,]0 MB of .* used/)).toBeVisible();
  await page.getByRole('button', { name: 'Remove relação de março.bin' }).click();
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByText(/Nothing is kept on the server/)).toBeVisible();
});

test('W25: files dropped on the page are sent', async ({ page, origin }) => {
  await join(page, origin);
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['dropped '.repeat(1000)], 'dropped.txt'));
    return data;
  });
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: transfer });
  await expect(page.getByText('Drop files to keep them on the server')).toBeVisible();
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
  await expect(page.getByRole('region', { name: 'Uploads' })).toContainText('On the server');
});

test('W26: a token opens what it was made for, until it is revoked', async ({ page, origin }) => {
  await join(page, origin);
  await goTo(page, 'Access');
  await page.getByLabel('Name').fill('backup script');
  await page.getByRole('button', { name: 'Make a token' }).click();
  await expect(page.getByText('The token “backup script” is ready')).toBeVisible();
  const secret = await page.getByRole('status').locator('p[translate=no]').first().innerText();
  const ask = (): Promise<Response> => fetch(`${origin}/me`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await ask()).status).toBe(200);
  await lookAt(page, 'site-tokens', [{ language: 'en', theme: 'dark', width: 390 }]);
  await putBack(page);
  await page.getByRole('button', { name: 'Revoke backup script' }).click();
  await page.getByRole('button', { name: 'Revoke it' }).click();
  await expect(page.getByText('No tokens yet')).toBeVisible();
  expect((await ask()).status).toBe(401);
});

test('W26: a token signs a tab in, and is forgotten with it', async ({ page, origin, browser }) => {
  const name = await join(page, origin);
  await goTo(page, 'Access');
  await page.getByLabel('Name').fill('web');
  await page.getByRole('button', { name: 'Make a token' }).click();
  const secret = await page.getByRole('status').locator('p[translate=no]').first().innerText();
  const context = await browser.newContext({ locale: 'en-GB' });
  const other = await context.newPage();
  await other.goto(`${origin}/#/sign-in`);
  await other.getByText('I have an account in the app').click();
  await other.getByLabel('Token').fill('wrong');
  await other.getByRole('button', { name: 'Sign in with the token' }).click();
  await expect(other.getByRole('alert')).toBeVisible();
  await other.getByLabel('Token').fill(secret);
  await other.getByRole('button', { name: 'Sign in with the token' }).click();
  await expect(other.getByTitle(`Signed in as ${name}`)).toBeVisible();
  await other.reload();
  await expect(other.getByTitle(`Signed in as ${name}`)).toBeVisible();
  const tab = await context.newPage();
  await tab.goto(origin);
  await expect(tab.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await context.close();
});

test('every page, with much in it', async ({ page, origin }) => {
  await fakeMuch(page, origin);
  await join(page, origin);
  for (const [hash, sign] of [
    ['files', 'sar-antarctic'],
    ['mine', 'thesis'],
    ['stats', '48'],
    ['tokens', 'backup'],
  ] as const) {
    await page.evaluate((to) => {
      location.hash = `#/${to}`;
    }, hash);
    await expect(page.getByText(sign).first()).toBeVisible();
    await lookAt(page, `site-${hash}`);
  }
  await page.goto(`${origin}/#/mine`);
  await page.getByRole('button', { name: /Get a link to thesis/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.screenshot({ path: 'test-results/web/shots/site-new-link.png' });
});

async function putBack(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1180, height: 760 });
}

/** A network in which much happened: what a test would need a week for, through the schemas of the routes. */
async function fakeMuch(page: Page, origin: string): Promise<void> {
  const now = Date.now();
  const id = (letter: string, length: number): string => `${letter.repeat(length - 1)}q`;
  const names = [
    'sar-antarctic-2014-2025-level2-geocoded.tar.zst',
    'thesis.pdf',
    'wedding-raw-camera-B.mov',
    `${'muito-comprido-'.repeat(14)}fim.iso`,
    'شركة التقارير السنوية.xlsx',
  ];
  const files = names.map((name, index) => ({
    id: `${String.fromCodePoint(97 + index).repeat(25)}a`,
    contentId: id(String.fromCodePoint(97 + index), 52),
    name,
    size: [214e9, 18.4e6, 61e9, 4.7e9, 212e3][index] ?? 1,
    sha256: createHash('sha256').update(name).digest('hex'),
    addedAt: now - index * 86_400_000,
    owner: { id: id('z', 52), name: index % 2 ? 'Rafael Lima' : 'Marina Souza e Albuquerque', online: index % 2 === 0 },
    sources: [3, 4, 0, 1, 12][index] ?? 0,
  }));
  const reply = async (path: string, body: unknown): Promise<void> => {
    await page.route(`${origin}${path}`, (route) => route.fulfill({ json: body }));
  };
  await reply('/files?**', apiRoutes.files.reply.parse({ total: 1318, files, cursor: 'next' }));
  await reply(
    '/hosted',
    apiRoutes.hosted.reply.parse({
      room: { usedBytes: 7.2e9, quotaBytes: 20e9 },
      copies: files.slice(0, 3).map(({ contentId, sha256, name, size }, index) => ({
        ...{ contentId, sha256, name, size, holders: [], addedAt: now, error: null, isCache: false },
        state: (['fetching', 'here', 'waiting'] as const)[index],
        bytesHere: index === 0 ? Math.floor(size / 3) : size,
        expiresAt: index === 1 ? now + 6 * 86_400_000 : null,
      })),
    }),
  );
  await reply(
    '/links',
    apiRoutes.links.reply.parse({
      total: 2,
      links: files.slice(1, 3).map(({ contentId, name, size }, index) => ({
        ...{ contentId, name, size, isFolder: false, createdAt: now },
        id: `${'l'.repeat(21)}${String(index)}`,
        url: `${origin}/f/${'l'.repeat(21)}${String(index)}`,
        expiresAt: index ? now + 86_400_000 : null,
        maxDownloads: index ? 10 : null,
        downloads: index ? 3 : 1204,
        hasPassword: index === 1,
      })),
    }),
  );
  await reply(
    '/stats',
    apiRoutes.stats.reply.parse({
      since: now - 40 * 86_400_000,
      ...{ users: 48, usersOnline: 12, devicesOnline: 15, entries: 20_480, contents: 18_211, contentBytes: 1.9e12 },
      ...{ hostedCopies: 31, hostedBytes: 88e9, links: 14, downloads: 5120 },
      bytes: { direct: 4.2e12, relayed: 310e9, hosted: 96e9 },
      topDownloads: files.map(({ contentId, name }, index) => ({
        contentId,
        name,
        downloads: 400 - index * 60,
        bytes: 9e10,
      })),
      online: Array.from({ length: 1008 }, (_, index) => ({
        at: now - (1008 - index) * 600_000,
        users: Math.round(10 + 6 * Math.sin(index / 23) + 3 * Math.sin(index / 5)),
      })),
    }),
  );
  const token = { scopes: ['read', 'upload'], createdAt: now - 86_400_000 };
  await reply(
    '/tokens',
    apiRoutes.tokens.reply.parse({
      tokens: [
        { ...token, id: 'aaaaaaaaaaa', name: 'backup script of the lab', lastUsedAt: now - 3_600_000 },
        { ...token, id: 'bbbbbbbbbbb', name: 'old', lastUsedAt: null },
      ],
    }),
  );
}
