import { makeCodeReceive, makeCodeSend } from '../../apps/desktop/src/renderer/testing/scenario-codes.js';
import { busySend } from './code-screens.js';
import { dropOn } from './drop.js';
import { goTo, rows } from './screen.js';
import { expect, test } from './screen-test.js';

const asked = (engine: { asked: readonly { call: string; payload: unknown }[] }, call: string) =>
  engine.asked.filter((one) => one.call === call).map(({ payload }) => payload);

test('what is chosen gets a code, large and ready to copy', async ({ page, open, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const server = await open({});
  await page.keyboard.press('Control+3');
  await page.getByRole('combobox', { name: 'For', exact: true }).selectOption('everybody with the code');
  await page.getByRole('combobox', { name: 'Good for' }).selectOption('1 day');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles([{ name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(1000) }]);
  await expect(page.getByText('Code: 7, abelha, vinho')).toBeAttached();
  await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible();
  await page.getByRole('button', { name: 'Copy code' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('7-abelha-vinho');
  expect(asked(server.engine, 'code:send')).toEqual([
    { paths: ['/uploads/film.mp4'], text: null, keep: true, receivers: 1000, words: 2, lifeMs: 86_400_000 },
  ]);
  await page.getByRole('button', { name: 'Stop sending' }).click();
  await expect(page.getByText('This code is no longer good.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove from the list' }).click();
  await expect(page.getByRole('heading', { name: 'Send to someone who is not in your list' })).toBeVisible();
});

test('a file that is here is sent by code from its details; a text from the page', async ({ page, open }) => {
  const { engine } = await open({});
  await rows(page).filter({ hasText: 'poster-sbpc' }).click();
  await page.getByRole('button', { name: 'Send by code' }).click();
  await expect(page.getByText('Code: 7, abelha, vinho')).toBeAttached();
  await page.getByRole('button', { name: 'New send' }).click();
  await page.getByRole('button', { name: 'Write a text' }).click();
  await page.keyboard.type('hello');
  await page.getByRole('button', { name: 'Send the text' }).click();
  await expect(page.getByText('Code: 8, abelha, vinho')).toBeAttached();
  await expect(page.getByRole('complementary', { name: 'This send' })).toContainText('7-abelha-vinho');
  const [file, text] = asked(engine, 'code:send');
  expect(JSON.stringify(file)).toContain('poster-sbpc');
  expect(text).toMatchObject({ paths: [], text: 'hello' });
});

test('a drop on the zone of the code is sent by code', async ({ page, open }) => {
  const { engine } = await open({});
  await expect(rows(page).nth(1)).toBeVisible();
  await dropOn(page, 'code', 'dropped.txt');
  await expect(page.getByText('Code: 7, abelha, vinho')).toBeAttached();
  expect(asked(engine, 'share:add')).toEqual([]);
});

test('receivers are live, and done only when they have verified', async ({ page, open }) => {
  const { engine } = await open({});
  const send = busySend();
  engine.setCodes({ sends: [send] });
  await goTo(page, 'send');
  const third = page.locator('[data-receiver="3"]');
  await expect(third).toContainText('Sending 61%');
  await expect(page.locator('[data-receiver="2"]')).toContainText('Checking');
  await expect(page.locator('[data-receiver]').filter({ hasText: 'Received and verified' })).toHaveCount(1);
  await goTo(page, 'files');
  engine.setCodes({
    sends: [
      { ...send, receivers: send.receivers.map((one) => (one.number === 3 ? { ...one, state: 'received' } : one)) },
    ],
  });
  await expect(page.getByText('Receiver 3 has “Casamento Bia e João”')).toBeVisible();
});

test('a code is completed while it is typed, and what comes is seen before anything is written', async ({
  page,
  open,
}) => {
  const { engine } = await open({});
  await goTo(page, 'send/receive');
  const field = page.getByRole('combobox', { name: 'Type the code that you were told' });
  await expect(field).toBeFocused();
  await page.keyboard.type('7-abe');
  await expect(page.getByRole('option')).toHaveText(['7-abelha']);
  await page.keyboard.press('Tab');
  await page.keyboard.type('vin');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('7-abelha-vinho');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Marina Souza wants to send you this' })).toBeVisible();
  await expect(page.getByText('2,310 files · 38.2 GB')).toBeVisible();
  await expect(page.getByText('611 GB free')).toBeVisible();
  await expect(page.getByText('3f2a 91bc 77d0 e455')).toBeVisible();
  await page.getByRole('button', { name: 'Choose files' }).click();
  await page.getByRole('checkbox', { name: 'All' }).uncheck();
  await page.getByRole('searchbox', { name: 'Search in it' }).fill('IMG_0007');
  await page.getByRole('checkbox', { name: /IMG_0007/ }).check();
  await page.getByRole('button', { name: 'Take these' }).click();
  await page.getByRole('button', { name: 'Receive 16.5 MB' }).click();
  await expect(page.getByText('Receiving 0%')).toBeVisible();
  expect(asked(engine, 'code:accept')).toMatchObject([
    { only: ['photos/08/IMG_0007.jpg'], folder: '/home/ana/Enxame' },
  ]);
});

test('a pasted link opens where it is received; a wrong code can be corrected', async ({ page, open }) => {
  await open({});
  await expect(rows(page).nth(1)).toBeVisible();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ' enxame://code/7-wrong-vinho \n');
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  const field = page.getByRole('combobox', { name: 'Type the code that you were told' });
  await expect(field).toHaveValue('enxame://code/7-wrong-vinho');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The code is wrong, or it has expired.')).toBeVisible();
  await page.getByRole('button', { name: 'Type another code' }).click();
  await expect(field).toBeFocused();
  await field.fill('bees');
  await page.keyboard.press('Enter');
  await expect(page.getByText('“bees” is not a code.')).toBeVisible();
});

test('what was refused or is done leaves the list when it is told to', async ({ page, open }) => {
  const { engine } = await open({});
  engine.setCodes({ sends: [makeCodeSend('7-abelha-vinho')], receives: [makeCodeReceive('9-vila-abrigo')] });
  await goTo(page, 'send/receive');
  await page.getByRole('button', { name: 'Refuse' }).click();
  await expect(page.getByText('Refused')).toBeVisible();
  await page.getByRole('button', { name: 'Remove from the list' }).click();
  await expect(page.getByText('What comes by code is shown here.')).toBeVisible();
});
