import { randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';

/** Of this run: the tracker is one for all tests of a worker, and a name is one person's. */
let people = 0;
/** Registers a new person with a key of the browser; the name. */
export async function join(page: Page, origin: string): Promise<string> {
  const name = `Ana ${String.fromCodePoint(97 + people++)}${randomBytes(2).toString('hex')}`;
  await page.goto(`${origin}/#/sign-in`);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  return name;
}

/** Adds a file by the browser's choice of files, until the tracker has it. */
export async function upload(page: Page, name: string, buffer: Buffer): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add files' }).click();
  await (await choosing).setFiles({ name, mimeType: 'application/octet-stream', buffer });
  await expect(page.getByRole('region', { name: 'Uploads' }).getByText('On the server')).toBeVisible();
}

/** By the navigation. */
export const goTo = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
