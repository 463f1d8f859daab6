import type { Page } from '@playwright/test';

/** Drops a file of the browser on a zone of the window: by the events that a pointer brings. */
export async function dropOn(page: Page, zone: string, name: string): Promise<void> {
  await page.evaluate((file) => {
    const data = new DataTransfer();
    data.items.add(new File(['hello'], file));
    window.dispatchEvent(new DragEvent('dragenter', { dataTransfer: data, bubbles: true, cancelable: true }));
    Object.assign(window, { dropped: data });
  }, name);
  for (const type of ['dragover', 'drop']) {
    await page.locator(`[data-zone="${zone}"]`).evaluate((element, event) => {
      const { dropped } = window as unknown as { dropped: DataTransfer };
      element.dispatchEvent(new DragEvent(event, { dataTransfer: dropped, bubbles: true, cancelable: true }));
    }, type);
    if (type === 'dragover') await page.locator(`[data-zone="${zone}"][data-on]`).waitFor();
  }
}
