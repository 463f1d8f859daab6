import { goTo, rows } from './screen.js';
import { expect, test } from './screen-test.js';

test('a few letters lead to a file, with its details open', async ({ page, open }) => {
  await open({});
  await page.getByRole('button', { name: 'Available now' }).click();
  await page.getByRole('button', { name: 'Type' }).click();
  await page.getByRole('menuitemradio', { name: 'Folders' }).click();
  await goTo(page, 'transfers');
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Go to a file, a person or a command' });
  await expect(field).toBeFocused();
  await page.keyboard.type('bathy');
  await expect(page.getByRole('option', { name: /^bathymetry-grid/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(field).toHaveCount(0);
  await expect(rows(page).filter({ hasText: 'bathymetry' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('bathymetry-grid-south-atlantic.nc');
});

test('people and commands are found, too, and the arrows go round', async ({ page, open }) => {
  const { engine } = await open({ transfers: true });
  await goTo(page, 'transfers');
  await expect(page.locator('[data-transfer="t-1"]')).toBeVisible();
  await page.keyboard.press('Control+k');
  const options = page.getByRole('option');
  await expect(options.first()).toHaveText('Files');
  await page.keyboard.press('ArrowUp');
  await expect(options.last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.type('pause');
  await expect(options.first()).toHaveText('Pause all');
  await page.keyboard.press('Enter');
  await expect.poll(() => engine.asked.filter(({ call }) => call === 'transfer:pause').length).toBeGreaterThan(3);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('marina');
  await page
    .getByRole('group', { name: 'People' })
    .getByRole('option', { name: /Marina Souza/ })
    .click();
  await expect(page).toHaveURL(/#\/people\//);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('zzz');
  await expect(page.getByText('Nothing is called “zzz”')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Go to a file' })).toHaveCount(0);
});

test('files are narrowed to a type', async ({ page, open }) => {
  await open({});
  await page.getByRole('button', { name: 'Type' }).click();
  await page.getByRole('menuitemradio', { name: 'Folders' }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(1)).toContainText('Wedding – Bia & João');
  await page.getByRole('button', { name: 'Type: Folders' }).click();
  await page.getByRole('menuitemradio', { name: 'Any type' }).click();
  await expect(rows(page).nth(8)).toBeVisible();
});
