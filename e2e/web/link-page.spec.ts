import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fakeLink, type FakeLinkOptions } from './fake-link.js';
import { expect, lookAt, looks, test, twoLooks } from './web-test.js';

const day = 86_400_000;
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const long = `${'relatório-'.repeat(20)}🐝-final.tar.zst`;

const states: readonly (readonly [name: string, options: FakeLinkOptions, sign: RegExp])[] = [
  [
    'file',
    {
      content: { name: 'Tese de doutorado – versão final.pdf', size: 18_400_000 },
      page: { expiresAt: Date.now() + day, downloadsLeft: 3 },
    },
    /^(Download|Baixar), 18[.,]4 MB$/,
  ],
  [
    'large',
    { content: { name: long, size: 214e9, owner: { name: 'Marina Souza', online: true, lastSeenAt: null } } },
    /214 GB$/,
  ],
  [
    'offline',
    {
      content: {
        name: 'wedding.mov',
        size: 61e9,
        from: 'offline',
        owner: { name: 'Beatriz Nakamura', online: false, lastSeenAt: Date.now() - 2 * day },
      },
    },
    /Beatriz Nakamura.*off-?line/,
  ],
  ['used-up', { page: { downloadsLeft: 0 } }, /All downloads of this link|Os downloads deste link/],
  ['password', { password: 'mel' }, /link has a password|link tem senha/],
  ['ended', { refusal: 'link-ended' }, /link has ended|link terminou/],
  ['missing', { refusal: 'not-found' }, /no link at this|Não há link/],
  ['refused', { refusal: 'tracker-draining' }, /./],
  [
    'text',
    { bytes: Buffer.from('<img src=x onerror=alert(1)>\nline two, ação\n'.repeat(30)), content: { name: 'notes.txt' } },
    /onerror=alert\(1\)/,
  ],
  ['image', { bytes: pixel, content: { name: 'bee.png' } }, /Download|Baixar/],
  [
    'folder',
    {
      content: { name: 'Wedding – Bia & João', size: 38.2e9 },
      files: Array.from({ length: 24 }, (_, index) => ({
        path: `${index % 3 === 0 ? '' : 'day one/church/'}IMG_${String(1000 + index)}.jpg`,
        size: 4e6 + index * 1e5,
      })),
    },
    /zip, 38[.,]2 GB/,
  ],
];

for (const [name, options, sign] of states) {
  test(`the page behind a link: ${name}`, async ({ page, origin }) => {
    const link = await fakeLink(page, origin, options);
    await page.goto(link.url);
    await expect(page.getByText(sign).first()).toBeVisible();
    await lookAt(page, `link-${name}`, ['file', 'folder', 'text'].includes(name) ? looks : twoLooks);
  });
}

test('W10: a file is received, checked, and only then saved', async ({ page, origin }) => {
  const bytes = randomBytes(300_000);
  const link = await fakeLink(page, origin, { bytes });
  await page.goto(link.url);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download, 300 kB' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('notes.bin');
  expect((await readFile(await saved.path())).equals(bytes)).toBe(true);
  await expect(page.getByText('Received and verified')).toBeVisible();
  await lookAt(page, 'link-verified', twoLooks);
});

test('W10: what has another SHA-256 is not saved', async ({ page, origin }) => {
  const link = await fakeLink(page, origin, { content: { sha256: '0'.repeat(64) } });
  await page.goto(link.url);
  let isSaved = false;
  page.on('download', () => (isSaved = true));
  await page.getByRole('button', { name: /^Download,/ }).click();
  await expect(page.getByRole('alert')).toContainText('The file arrived different');
  await expect(page.getByRole('button', { name: 'Download again' })).toBeVisible();
  expect(isSaved).toBe(false);
  await lookAt(page, 'link-differs', twoLooks);
});

test('W11: a connection that breaks is taken up where it broke', async ({ page, origin }) => {
  const bytes = randomBytes(100_000);
  const link = await fakeLink(page, origin, { bytes, breaks: { afterBytes: 40_000, times: 2 } });
  await page.goto(link.url);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Download,/ }).click();
  expect((await readFile(await (await saving).path())).equals(bytes)).toBe(true);
  expect(link.ranges).toEqual([null, 'bytes=40000-', 'bytes=80000-']);
});

test('W11: a refusal stops it and says why; it goes on from there', async ({ page, origin }) => {
  const bytes = randomBytes(100_000);
  const breaks = { afterBytes: 40_000, times: 1, then: 'link-ended' } as const;
  const link = await fakeLink(page, origin, { bytes, breaks: { ...breaks } });
  await page.goto(link.url);
  await page.getByRole('button', { name: /^Download,/ }).click();
  await expect(page.getByText(/Connection lost/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Go on from 40%' })).toBeVisible();
  await lookAt(page, 'link-stopped', twoLooks);
  link.change({ bytes });
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: /40\s?%/ }).click();
  expect((await readFile(await (await saving).path())).equals(bytes)).toBe(true);
  expect(link.ranges.at(-1)).toBe('bytes=40000-');
});

test('W12: a password is asked before anything is shown, and a wrong one again', async ({ page, origin }) => {
  const link = await fakeLink(page, origin, { password: 'mel', content: { name: 'secret plan.txt' } });
  await page.goto(link.url);
  const field = page.getByLabel('Password');
  await expect(field).toBeFocused();
  await expect(page.getByText('secret plan')).toHaveCount(0);
  await field.fill('vespa');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('That is not the password.');
  await field.fill('mel');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'secret plan.txt' })).toBeVisible();
  await expect(page.getByText('hello, swarm')).toBeVisible();
});

test('W13: an offline page becomes a download when somebody is back', async ({ page, origin }) => {
  await page.clock.install();
  const link = await fakeLink(page, origin, { content: { from: 'offline' } });
  await page.goto(link.url);
  await expect(page.getByText(/Rafael Lima is offline/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Download,/ })).toHaveCount(0);
  link.change({});
  await page.clock.runFor(16_000);
  await expect(page.getByRole('button', { name: /^Download,/ })).toBeVisible();
});

test('W14: a large file, and a folder, are the browser’s own downloads', async ({ page, origin }) => {
  const link = await fakeLink(page, origin, { content: { size: 61e9 } });
  await page.goto(link.url);
  await expect(page.getByRole('link', { name: 'Download, 61.0 GB' })).toHaveAttribute('href', /\/content$/);
  link.change({ content: { name: 'album' }, files: [{ path: 'one/a.jpg', size: 5 }] });
  await page.reload();
  await expect(page.getByRole('link', { name: /as one zip/ })).toHaveAttribute('href', /\/zip$/);
  await expect(page.getByRole('link', { name: 'Download one/a.jpg' })).toHaveAttribute('href', /\/files\/0$/);
});

test('W3: a text is shown as text, and the rest of its tail is cut', async ({ page, origin }) => {
  const bytes = Buffer.from('<script>document.title = "taken"</script>\n'.repeat(3000));
  const link = await fakeLink(page, origin, { bytes, content: { name: 'evil.txt' } });
  await page.goto(link.url);
  await expect(page.getByRole('region', { name: 'Preview of evil.txt' })).toContainText('<script>document.title');
  await expect(page.getByText('The beginning of the text.')).toBeVisible();
  await expect(page).not.toHaveTitle('taken');
});
