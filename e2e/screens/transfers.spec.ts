import { goTo } from './screen.js';
import { expect, test } from './screen-test.js';

test('each source tells its path, what it does, its part, and why not a better way', async ({ page, open }) => {
  await open({ transfers: true });
  await goTo(page, 'transfers');
  await page.getByRole('button', { name: /^Show details of sar-antarctic/ }).click();
  const table = page.getByRole('table', { name: 'Sources of this transfer' });
  await expect(page.getByText('3 sending, 2 not now')).toBeVisible();
  const row = (name: string) => table.getByRole('row', { name });
  await expect(row('Marina Souza')).toContainText(/Same network.*31\.0 MB\/s.*64%/);
  await expect(row('Rafael Lima')).toContainText('has 3,100 of 3,424 pieces');
  await expect(row('Beatriz Nakamura')).toContainText(
    'Why not a better path: No direct way to the computer of Beatriz Nakamura was found.',
  );
  await expect(row('ليلى حسن')).toContainText(/Waiting.*place 2 in its queue, starts around \d\d:\d\d/);
  await expect(row('Maximiliana')).toContainText('not now');
});

test('what waits for its turn tells its place and when it starts, in the order of the queue', async ({
  page,
  open,
}) => {
  const { engine } = await open({ transfers: true });
  await goTo(page, 'transfers');
  const waiting = page.getByRole('region', { name: 'Waiting' }).locator('[data-transfer]');
  await expect(waiting).toHaveCount(4);
  await expect(waiting.nth(0)).toHaveAccessibleName(/Place 1 in the queue, starts around \d\d:\d\d$/);
  await expect(waiting.nth(2)).toContainText('start not predicted yet');
  await expect(waiting.nth(3)).toContainText('hydrophone');
  const first = engine.transfers.get('t-10');
  if (!first) throw new Error('the scenario has nothing in its queue');
  engine.setTransfer({ ...first, queue: { position: 9, startsInSeconds: null } });
  await expect(waiting.nth(2)).toContainText(first.name);
});

test('a folder counts its files, and only a receipt makes a send green', async ({ page, open }) => {
  const { engine } = await open({ transfers: true });
  await goTo(page, 'transfers');
  await expect(page.locator('[data-transfer="t-3"]')).toContainText('27.5 of 38.2 GB, 1,664 of 2,310 files');
  await expect(page.locator('[data-transfer="t-111"]')).toContainText('Received and verified by Marina Souza');
  const sent = page.locator('[data-transfer="t-11"]');
  await expect(sent).toContainText('All sent, not confirmed');
  const transfer = engine.transfers.get('t-11');
  if (!transfer) throw new Error('the scenario has sent nothing');
  engine.setTransfer({ ...transfer, state: 'received' });
  await expect(sent).toContainText('Received and verified by Rafael Lima');
});

test('the piece map is one picture with its numbers in words, and follows what arrives', async ({ page, open }) => {
  const { engine } = await open({ transfers: true });
  await goTo(page, 'transfers');
  await page.getByRole('button', { name: /^Show details of sar-antarctic/ }).click();
  const map = page.getByRole('img', { name: /^Piece map: 1,410 of 3,424 verified, \d+ arriving$/ });
  const picture = (): Promise<string> => map.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  await expect(map).toBeVisible();
  const before = await picture();
  const transfer = engine.transfers.get('t-1');
  if (!transfer) throw new Error('the scenario receives nothing');
  engine.setTransfer({ ...transfer, piecesVerified: 3000, bytesDone: transfer.size * 0.88 });
  const after = page.getByRole('img', { name: /^Piece map: 3,000 of 3,424 verified/ });
  await expect.poll(() => after.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())).not.toBe(before);
  await page.locator('[data-transfer="t-1"]').getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('[data-transfer="t-1"]')).toContainText('Paused at 88%');
  const asked = (): number => engine.asked.filter(({ call }) => call === 'transfer:pieces').length;
  const still = asked();
  await page.waitForTimeout(2500); // that nothing is asked while nothing moves
  expect(asked()).toBeLessThanOrEqual(still + 1);
});

test('the queue is ordered by drag, by Alt with the arrows, and by the menu', async ({ page, open }) => {
  const { engine } = await open({ transfers: true });
  await goTo(page, 'transfers');
  const waiting = page.getByRole('region', { name: 'Waiting' }).locator('[data-transfer]');
  const order = (): Promise<(string | null)[]> =>
    waiting.evaluateAll((items) => items.map((item) => item.getAttribute('data-transfer')));
  const moves = () => engine.asked.filter(({ call }) => call === 'transfer:move').map(({ payload }) => payload);
  await waiting.nth(2).dragTo(waiting.nth(0), { targetPosition: { x: 300, y: 4 } });
  await expect.poll(order).toEqual(['t-14', 't-10', 't-13', 't-8']);
  expect(moves()).toEqual([{ id: 't-14', before: 't-10' }]);
  await waiting.nth(0).getByRole('button').first().focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(order).toEqual(['t-10', 't-14', 't-13', 't-8']);
  await expect(waiting.nth(1).getByRole('button').first()).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(order).toEqual(['t-10', 't-13', 't-14', 't-8']);
  await page.keyboard.press('Alt+ArrowDown'); // already last
  await waiting
    .nth(2)
    .getByRole('button', { name: /^More actions/ })
    .click();
  await page.getByRole('menuitem', { name: 'Move to the front' }).click();
  await expect.poll(order).toEqual(['t-14', 't-10', 't-13', 't-8']);
  expect(moves()).toHaveLength(4);
});

test('priority and a limit of its own are set from the menu of a transfer', async ({ page, open }) => {
  const { engine } = await open({ transfers: true });
  await goTo(page, 'transfers');
  const item = page.locator('[data-transfer="t-4"]');
  const menu = item.getByRole('button', { name: /^More actions for ubuntu/ });
  await menu.press('Enter');
  await page.getByRole('menuitemradio', { name: 'Low' }).click();
  await expect(item).toContainText('low priority');
  await menu.click();
  await page.getByRole('menuitem', { name: 'Limit the speed' }).click();
  const field = page.getByRole('textbox', { name: 'Receive up to' });
  await expect(field).toHaveValue('2');
  await field.fill('p'); // a letter in a field is no shortcut of the list
  await expect(page.getByText('Write a speed like 2.5, or nothing for no limit.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Set' })).toBeDisabled();
  await field.fill('0,5');
  await field.press('Enter');
  await expect(item).toContainText('at most 500 kB/s');
  await menu.click();
  await page.getByRole('menuitem', { name: 'Limit the speed' }).click();
  await field.fill('');
  await page.getByRole('button', { name: 'Set' }).click();
  await expect(item).not.toContainText('at most');
  expect(engine.asked.filter(({ call }) => call === 'transfer:pause')).toEqual([]);
});
