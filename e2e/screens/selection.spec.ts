import { createHash } from 'node:crypto';
import { rows } from './screen.js';
import { expect, test } from './screen-test.js';

test('many files are chosen by keys and by the mouse, and acted on together', async ({ page, open }) => {
  const { engine } = await open({});
  await rows(page).filter({ hasText: 'sar-antarctic' }).click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  const chosen = page.getByRole('group', { name: 'What was chosen' });
  await expect(chosen).toContainText('3 files, 313 GB');
  await rows(page)
    .filter({ hasText: 'poster-sbpc' })
    .click({ modifiers: ['ControlOrMeta'] });
  await expect(chosen).toContainText('4 files');
  await expect(page.getByRole('row', { selected: true })).toHaveCount(4);
  await chosen.getByRole('button', { name: 'Download 3' }).click();
  await expect.poll(() => engine.asked.filter(({ call }) => call === 'download:start').length).toBe(3);
  await expect(chosen).toHaveCount(0);
  await rows(page).nth(1).click();
  await page.keyboard.press('ControlOrMeta+a');
  await expect(chosen).toContainText('15 files');
  await chosen.getByRole('button', { name: 'Stop sharing 2' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop sharing 2' }).click();
  await expect(page.getByText('13 files', { exact: true })).toBeVisible();
  await rows(page).nth(1).click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Escape');
  await expect(chosen).toHaveCount(0);
});

test('a file is compared with what somebody has, without leaving the page', async ({ page, open }) => {
  const { engine } = await open({});
  const content = Buffer.alloc(88_600, 'x');
  const sha256 = createHash('sha256').update(content).digest('hex');
  engine.catalogue.rows = engine.catalogue.rows.map((row) =>
    row.name.startsWith('poster') ? { ...row, size: content.length, sha256 } : row,
  );
  engine.catalogue.tell();
  await rows(page).filter({ hasText: 'poster-sbpc' }).click();
  await page.getByRole('button', { name: 'Compare with a file or a hash' }).click();
  const choose = (buffer: Buffer) =>
    page.getByLabel('File to compare with').setInputFiles({ name: 'copy.ai', mimeType: 'application/pdf', buffer });
  await choose(content);
  await expect(page.getByText('The same, to the last bit.')).toBeVisible();
  await choose(Buffer.alloc(88_600, 'y'));
  await expect(page.getByText('Not the same')).toBeVisible();
  await page.getByPlaceholder('SHA-256').fill(sha256.toUpperCase());
  await expect(page.getByText('The same, to the last bit.')).toBeVisible();
});
