import { askAxe } from '../harness/axe.js';
import { goTo } from './screen.js';
import { expect, test } from './screen-test.js';

/** What a window of 1180 by 760 has room for at 200 %. */
const zoomed = { width: 590, height: 380 };

for (const name of ['files', 'transfers', 'send', 'send/receive', 'people', 'history', 'settings', 'connection'])
  test(`at 200 % nothing of ${name} is cut off or out of reach`, async ({ page, open }) => {
    await page.setViewportSize(zoomed);
    await open({ transfers: true });
    await goTo(page, name);
    await expect(page.getByRole('main')).toBeVisible();
    await page.evaluate(() => document.fonts.ready);
    const { sideways, seen } = await page.evaluate(() => ({
      sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      seen: document.querySelector('main')?.clientHeight ?? 0,
    }));
    expect(sideways).toBeLessThanOrEqual(0);
    // The frame around it leaves the page itself at least half of the window.
    expect(seen).toBeGreaterThanOrEqual(zoomed.height / 2);
    expect(await askAxe(page, 'colours')).toEqual([]);
  });
