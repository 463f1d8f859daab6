import { goTo } from './screen.js';
import { expect, test } from './screen-test.js';

test('the speeds open what limits them, and a limit counts as soon as it is typed', async ({ page, open }) => {
  const { engine } = await open({ transfers: true });
  await page.getByRole('button', { name: /^Total speed now/ }).click();
  const panel = page.getByRole('dialog', { name: 'Speeds and limits' });
  await expect(panel.getByRole('img', { name: /Receiving between .* now 50\.3 MB\/s; Sending/ })).toBeVisible();
  await panel.getByRole('textbox', { name: 'Send up to' }).fill('2,5');
  await page.keyboard.press('Enter');
  await expect.poll(() => engine.limits.limits.always).toEqual({ receive: null, send: 2_500_000 });
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Total speed now.*Send up to 2\.5 MB\/s$/ })).toBeFocused();
});

test('what the schedule says now is told with its end, and leads to the schedule', async ({ page, open }) => {
  const { engine } = await open({ transfers: true });
  await goTo(page, 'transfers');
  await expect(page.getByRole('button', { name: 'Speed limits: No limit', exact: true })).toBeVisible();
  const changesAt = new Date().setHours(23, 59, 0, 0);
  engine.limits = { ...engine.limits, inForce: { receive: 10_000_000, send: null }, changesAt };
  engine.broadcast('limits:changed', engine.limits);
  await page.getByRole('button', { name: 'Speed limits: Receive up to 10.0 MB/s until 23:59' }).click();
  await expect(page.getByText('Now by the schedule: Receive up to 10.0 MB/s until 23:59.')).toBeVisible();
  await page.getByRole('link', { name: 'Schedule and all limits' }).click();
  await expect(page.getByRole('grid', { name: 'Hours of the week with other limits' })).toBeInViewport();
});

test('hours are painted by dragging and by keys, and taken back by painting again', async ({ page, open }) => {
  const { engine } = await open({});
  await goTo(page, 'settings/limits');
  const grid = page.getByRole('grid', { name: 'Hours of the week with other limits' });
  const cell = (name: string) => grid.getByRole('gridcell', { name, exact: false });
  const limits = { receive: 10_000_000, send: 2_000_000 };
  await cell('Monday, 8 h').hover();
  await page.mouse.down();
  await cell('Friday, 17 h').hover();
  await page.mouse.up();
  await expect
    .poll(() => engine.limits.limits.schedule)
    .toEqual([{ days: [1, 2, 3, 4, 5], fromMinute: 480, toMinute: 1080, limits }]);
  await expect(cell('Wednesday, 12 h')).toHaveAccessibleName(
    'Wednesday, 12 h: Receive up to 10.0 MB/s, Send up to 2.0 MB/s',
  );
  await cell('Monday, 8 h').focus();
  await page.keyboard.press('Space');
  await expect(cell('Monday, 8 h')).toHaveAccessibleName('Monday, 8 h: usual limits');
  await page.keyboard.press('ArrowUp'); // Monday is the first
  await page.keyboard.press('ArrowDown');
  await expect(cell('Tuesday, 8 h')).toBeFocused();
  await page.getByRole('group', { name: 'In the marked hours' }).getByRole('textbox', { name: 'Send up to' }).fill('1');
  await page.keyboard.press('Tab');
  await expect
    .poll(() => engine.limits.limits.schedule.map((rule) => rule.limits.send))
    .toEqual([1_000_000, 1_000_000]);
  await page.getByRole('button', { name: 'Clear the schedule' }).click();
  await expect.poll(() => engine.limits.limits.schedule).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => engine.limits.limits.schedule).toHaveLength(2);
});

test('one person gets limits, and how many move at once is chosen', async ({ page, open }) => {
  const { engine } = await open({});
  await goTo(page, 'settings/limits');
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByRole('menuitem', { name: 'Rafael Lima' }).click();
  await page.getByRole('textbox', { name: 'Send to Rafael Lima up to' }).fill('0.5');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => engine.limits.limits.people.map(({ limits }) => limits))
    .toEqual([{ send: 500_000, receive: null }]);
  await page.getByRole('group', { name: 'Downloads' }).getByRole('button', { name: 'More' }).click();
  await expect.poll(() => engine.limits.limits.downloadSlots).toBe(5);
  engine.failures.set('limits:set', { code: 'disk-full', params: { folder: '/home/ana' } });
  await page.getByRole('button', { name: 'Take away the limits of Rafael Lima' }).click();
  await expect(page.getByText('There is not enough room on the disk of “/home/ana”.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Send to Rafael Lima up to' })).toHaveValue('0.5');
});
