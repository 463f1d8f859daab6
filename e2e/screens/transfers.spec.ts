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

test('two hundred active transfers, ten changes a second: no task is longer than 50 ms', async ({ page, open }) => {
  const { engine } = await open({ transfers: true, rows: 230 });
  const [, model] = [...engine.transfers.values()];
  if (!model) throw new Error('the scenario moves nothing');
  const many = Array.from({ length: 200 }, (_, index) => ({
    ...model,
    id: `t-${String(1000 + index)}` as typeof model.id,
    name: `field-notes-${String(index)}.tar`,
  }));
  for (const transfer of many) engine.transfers.set(transfer.id, transfer);
  engine.broadcast('transfers:changed', { upserted: many, removed: [] });
  await goTo(page, 'transfers');
  await expect(page.getByRole('region', { name: 'Active' }).locator('[data-transfer]')).toHaveCount(200);
  await page.evaluate(() => {
    const tasks: number[] = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(Math.round(duration));
    }).observe({ entryTypes: ['longtask'] });
    Object.assign(window, { longTasks: tasks });
  });
  for (let tick = 1; tick <= 30; tick++) {
    engine.broadcast('transfers:changed', {
      upserted: many.map((transfer) => ({ ...transfer, bytesDone: transfer.bytesDone + tick * 4_820_000 })),
      removed: [],
    });
    await page.waitForTimeout(100); // the pace is what is measured
  }
  await expect(page.locator('[data-transfer="t-1000"]')).toContainText('88.3');
  const longTasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
  expect(longTasks).toEqual([]);
});
