import { expect, type Browser, type Page } from '@playwright/test';
import type { RunningProgram } from './program.js';

/** Somebody who uses the app in a browser. The words are those of the interface, in English. */
export interface Person {
  readonly page: Page;
  readonly register: (name: string) => Promise<void>;
  /** Shares a file of the engine's computer, by the picker. */
  readonly share: (path: string) => Promise<void>;
  /** The row of a file in the live list, once it is there. */
  readonly file: (name: string | RegExp) => ReturnType<Page['getByRole']>;
  readonly download: (name: string) => Promise<void>;
  /** Waits for the word that is said only when the file is verified and in place. */
  readonly sawVerified: (name: string) => Promise<void>;
  /** Opens the app again, after its engine was started again elsewhere. */
  readonly open: (engine: RunningProgram) => Promise<void>;
}

export async function openApp(browser: Browser, engine: RunningProgram): Promise<Person> {
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.goto(engine.ready.url);
  const goTo = (name: string): Promise<void> =>
    page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: new RegExp(`^${name}`) })
      .click();
  const file: Person['file'] = (name) => page.getByRole('row', { name });
  return {
    page,
    register: async (name) => {
      await page.getByLabel('Your name in this network').fill(name);
      await page.getByRole('button', { name: 'Join' }).click();
      await expect(page.getByRole('button', { name: 'Add files' }).first()).toBeVisible();
    },
    share: async (path) => {
      await page.getByRole('button', { name: 'Add files' }).first().click();
      await page.getByRole('button', { name: 'Look through its folders' }).click();
      const slash = path.lastIndexOf('/');
      await page.getByLabel('Path').fill(path.slice(0, slash));
      await page.getByLabel('Path').press('Enter');
      await page.getByLabel(`Choose ${path.slice(slash + 1)}`).check();
      await page.getByRole('button', { name: 'Share 1 item' }).click();
      await expect(file(path.slice(slash + 1))).toBeVisible();
    },
    file,
    download: async (name) => {
      await file(name)
        .getByRole('button', { name: `Download ${name}` })
        .click();
    },
    sawVerified: async (name) => {
      await goTo('Transfers');
      await expect(page.getByText('Received and verified').first()).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText(name).first()).toBeVisible();
    },
    open: async (next) => {
      await page.goto(next.ready.url);
    },
  };
}
