import { goTo } from './screen.js';
import { expect, test } from './screen-test.js';

// What a trace records of each change would be most of what is measured.
test.use({ trace: 'off', screenshot: 'off' });

test('two hundred active transfers, ten changes a second, take a quarter of a core at most', async ({ page, open }) => {
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
  // The time that the thread itself ran: what else the machine does meanwhile does not count.
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busySeconds = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
  const before = await busySeconds();
  const ticks = 30;
  for (let tick = 1; tick <= ticks; tick++) {
    engine.broadcast('transfers:changed', {
      upserted: many.map((transfer) => ({ ...transfer, bytesDone: transfer.bytesDone + tick * 4_820_000 })),
      removed: [],
    });
    await page.waitForTimeout(100); // the pace is what is measured
  }
  await expect(page.locator('[data-transfer="t-1000"]')).toContainText('88.3');
  const millisecondsPerTick = ((await busySeconds()) - before) * (1000 / ticks);
  test.info().annotations.push({ type: 'main thread', description: `${millisecondsPerTick.toFixed(1)} ms a tick` });
  expect(millisecondsPerTick).toBeLessThan(25);
});
