import { goTo } from './screen.js';
import { expect, test } from './screen-test.js';

test('a hundred thousand records are one list, walked by keys, with few of them in the document', async ({
  page,
  open,
}) => {
  const { engine } = await open({ history: 100_000 });
  await goTo(page, 'transfers');
  await page.getByRole('link', { name: 'History' }).click();
  const grid = page.getByRole('grid', { name: 'What was sent and received' });
  await expect(grid).toHaveAttribute('aria-rowcount', '100000');
  await grid.getByRole('row').first().focus();
  await page.keyboard.press('End');
  await expect(grid.locator('[aria-rowindex="100000"]')).toBeFocused();
  await expect(grid.locator('[aria-rowindex="100000"]')).toContainText('field-notes-099999.zip');
  expect(await grid.getByRole('row').count()).toBeLessThan(60);
  expect(engine.asked.filter(({ call }) => call === 'history:list').length).toBeLessThan(10);
  await page.keyboard.press('Home');
  await expect(grid.locator('[aria-rowindex="1"]')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(grid.locator('[aria-rowindex="2"]')).toBeFocused();
  await page.keyboard.press('Enter');
  const details = page.getByRole('dialog');
  await expect(details).toContainText('Received and verified by Lab server');
  await expect(details).toContainText(/The computer of Lab server signed \(.*\) that all 8\.9 MB arrived/);
  await page.keyboard.press('Escape');
  await expect(grid.locator('[aria-rowindex="2"]')).toBeFocused();
});

test('the history is searched, narrowed to one direction, and says when nothing matches', async ({ page, open }) => {
  await open({ history: 300 });
  await goTo(page, 'history');
  await expect(page.getByText('300 records')).toBeVisible();
  await page.getByRole('radio', { name: 'Sent' }).click();
  await expect(page.getByText('128 records')).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('lab seafloor');
  await expect(page.getByText('1 record', { exact: true })).toBeVisible();
  await page.getByRole('searchbox').fill('tese 2024');
  await expect(page.getByText('Nothing in the history matches “tese 2024”')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).last().click();
  await expect(page.getByText('300 records')).toBeVisible();
});

test('a record is removed with a moment to undo it, and all of them only after a question', async ({ page, open }) => {
  const { engine } = await open({ history: 5 });
  await goTo(page, 'history');
  const rows = page.getByRole('grid').getByRole('row');
  await rows.first().focus();
  await page.keyboard.press('Delete');
  await expect(page.getByText('“thesis.pdf” removed from the history')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows.first()).toBeVisible();
  expect(engine.history).toHaveLength(5);
  await page.getByRole('button', { name: 'Remove from the history' }).first().click();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect.poll(() => engine.history.length).toBe(4);
  await page.getByRole('button', { name: 'Remove all' }).click();
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove all' }).click();
  await expect(page.getByText('Nothing was sent or received yet')).toBeVisible();
});

test('what is shown is exported into a chosen folder, and the file is named', async ({ page, open }) => {
  const { engine } = await open({ history: 300 });
  await goTo(page, 'history');
  await page.getByRole('radio', { name: 'Received' }).click();
  await expect(page.getByText('172 records')).toBeVisible();
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'As a table (CSV)' }).click();
  await page.getByRole('button', { name: 'Use this folder' }).click();
  await expect(page.getByText('172 records written')).toBeVisible();
  const asked = engine.asked.find(({ call }) => call === 'history:export');
  expect(asked?.payload).toMatchObject({
    direction: 'receive',
    format: 'csv',
    path: expect.stringMatching(/^\/home\/ana\/Enxame\/enxame-history-[\d-]+\.csv$/),
  });
});

test('a history that cannot be read says why, and is asked again', async ({ page, open }) => {
  const { engine } = await open({ history: 3 });
  engine.failures.set('history:list', { code: 'disk-failed', params: { folder: '/home/ana' } });
  await goTo(page, 'history');
  await expect(page.getByRole('alert')).toBeVisible();
  engine.failures.clear();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('3 records')).toBeVisible();
});
