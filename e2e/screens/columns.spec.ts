import { rows } from './screen.js';
import { expect, test } from './screen-test.js';

test('the columns of the list are chosen, and are there again after a restart', async ({ page, open }) => {
  await open({});
  const heads = page.getByRole('columnheader');
  await expect(heads).toHaveText(['Name', 'Owner', 'Size', 'Available from', 'Added', 'Action']);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Kind' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'SHA-256' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Added' }).click();
  await page.keyboard.press('Escape');
  const chosen = ['Name', 'Owner', 'Size', 'Kind', 'Available from', 'SHA-256', 'Action'];
  await expect(heads).toHaveText(chosen);
  await expect(page.getByRole('grid')).toHaveAttribute('aria-colcount', '7');
  await page.reload();
  await expect(heads).toHaveText(chosen);
  await expect(rows(page).filter({ hasText: 'lab-budget' })).toContainText('Spreadsheet');
});

test('the list is put into groups by owner, until it is sorted by something else', async ({ page, open }) => {
  const { engine } = await open({ rows: 1000 });
  await page.getByRole('button', { name: 'Columns' }).click();
  const group = page.getByRole('menuitemcheckbox', { name: 'Group by owner' });
  await group.click();
  await expect(group).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Owner' })).toHaveAttribute('aria-sort', 'ascending');
  const asked = engine.asked.filter(({ call }) => call === 'catalogue:watch').at(-1);
  expect(asked?.payload).toMatchObject({ query: { sort: 'owner', descending: false } });
  // Whose files are at the top is said while they are scrolled through.
  const band = page.locator('[class*="band"]');
  await expect(band).toHaveText(/You|Ana Andrade/);
  await page.getByRole('grid').evaluate((grid) => {
    grid.scrollTop = 5000;
  });
  await expect(band).toHaveText(/Beatriz Nakamura|João Vitor/);
  await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').click();
  await expect(band).toHaveCount(0);
  await page.getByRole('button', { name: 'Columns' }).click();
  await expect(group).not.toBeChecked();
});
