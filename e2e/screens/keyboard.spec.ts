import type { Locator, Page } from '@playwright/test';
import { rows } from './screen.js';
import { expect, test } from './screen-test.js';

/** Nobody presses Tab more often than this. */
const maxTabs = 40;

/** Goes to an element as somebody does who has no mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let pressed = 0; pressed < maxTabs; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

test('the main loop goes by keys alone: join, share, find, download, pause, send, receive', async ({ page, open }) => {
  const { engine } = await open({ registered: false, suggestedTracker: 'https://127.0.0.1:7667' });
  const asked = (call: string) => engine.asked.filter((one) => one.call === call).length;

  await expect(page.locator('input[autocomplete="username"]')).toBeFocused();
  await page.keyboard.type('Ana Andrada');
  await expect(page.getByText('Free. People will find you by this name.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(rows(page).nth(1)).toBeVisible();

  await page.keyboard.press('ControlOrMeta+o');
  await tabTo(page, page.getByRole('button', { name: 'Look through its folders' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('checkbox').last());
  await page.keyboard.press('Space');
  await tabTo(page, page.getByRole('button', { name: 'Share 1 item' }));
  await page.keyboard.press('Enter');
  await expect.poll(() => asked('share:add')).toBe(1);

  await page.keyboard.press('/');
  await page.keyboard.type('bathymetry');
  await expect(rows(page)).toHaveCount(2);
  await page.keyboard.press('ArrowDown');
  await expect(rows(page).nth(1)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('bathymetry');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect.poll(() => asked('download:start')).toBe(1);

  await page.keyboard.press('ControlOrMeta+2');
  await page.keyboard.press('F6');
  await tabTo(page, page.locator('[data-transfer]').getByRole('button').first());
  await page.keyboard.press('p');
  await expect.poll(() => asked('transfer:pause')).toBe(1);

  await page.keyboard.press('ControlOrMeta+3');
  await tabTo(page, page.getByRole('button', { name: 'Write a text' }));
  await page.keyboard.press('Enter');
  await page.keyboard.type('hello');
  await tabTo(page, page.getByRole('button', { name: 'Send the text' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('Code: 7, abelha, vinho')).toBeAttached();

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('receive');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Type the code that you were told' })).toBeFocused();
  await page.keyboard.type('9-vila-abrigo');
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Receive 38.2 GB' }));
  await page.keyboard.press('Enter');
  await expect.poll(() => asked('code:accept')).toBe(1);

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
