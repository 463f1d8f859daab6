import { rows } from './screen.js';
import { expect, test } from './screen-test.js';

const wedding = 'Wedding – Bia & João';

test('one click stays one click when all is well, and when nobody can be asked', async ({ page, open }) => {
  const { engine } = await open({});
  await page.getByRole('button', { name: `Download ${wedding}`, exact: true }).click();
  await expect.poll(() => engine.transfers.size).toBe(1);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  engine.failures.set('download:check', { code: 'source-unreachable', params: { name: 'Lab server' } });
  await page.getByRole('button', { name: /^Download ubuntu/ }).click();
  await expect.poll(() => engine.transfers.size).toBe(2);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('what does not fit says how much is missing, and goes where there is room', async ({ page, open }) => {
  const { engine } = await open({});
  engine.preflight = { fits: false, freeBytes: 1_900_000_000 };
  await rows(page).filter({ hasText: wedding }).click();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: `“${wedding}” does not fit` });
  await expect(dialog).toContainText('It needs 38.2 GB, and 1.9 GB are free: 36.3 GB are missing.');
  await dialog.getByRole('button', { name: 'Choose another folder' }).click();
  await page.getByRole('button', { name: 'Up one folder' }).click();
  await page.getByRole('button', { name: 'Use this folder' }).click();
  await expect.poll(() => engine.transfers.size).toBe(1);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(engine.asked.filter(({ call }) => call === 'download:start')).toMatchObject([
    { payload: { folder: '/home/ana' } },
  ]);
});

test('a taken name and names that change are told before the first byte, and Esc starts nothing', async ({
  page,
  open,
}) => {
  const { engine } = await open({});
  engine.preflight = {
    collision: 'other',
    savedAs: `${wedding} (2)`,
    renames: { count: 12, shown: [{ from: 'photos/aux: 1?.jpg', to: 'photos/aux_ 1_.jpg' }] },
  };
  await page.getByRole('button', { name: `Download ${wedding}`, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Something else is called “${wedding}” there` });
  await expect(dialog).toContainText(`The new one is saved as “${wedding} (2)”.`);
  await expect(dialog.getByRole('listitem')).toHaveText(['photos/aux: 1?.jpgbecomesphotos/aux_ 1_.jpg']);
  await expect(dialog).toContainText('and 11 more');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(engine.transfers.size).toBe(0);
  await page.getByRole('button', { name: `Download ${wedding}`, exact: true }).click();
  await dialog.getByRole('button', { name: 'Download', exact: true }).click();
  await expect.poll(() => engine.transfers.size).toBe(1);
});

test('what is here already is told without a question', async ({ page, open }) => {
  const { engine } = await open({});
  engine.preflight = { filesHere: 1200, bytesHere: 20_000_000_000, bytesToFetch: 18_200_000_000 };
  await page.getByRole('button', { name: `Download ${wedding}`, exact: true }).click();
  await expect(page.getByText('1,200 of 2,310 files are here already. 18.2 GB are fetched.')).toBeVisible();
  await expect.poll(() => engine.transfers.size).toBe(1);
});
