import type { Page } from '@playwright/test';
import type { ScenarioServer } from './scenario-server.js';
import { rows, type Screen } from './screen.js';
import { expect } from './screen-test.js';

/** Gives a file that is here another name, and looks at it. */
export async function lookAt(page: Page, { engine }: ScenarioServer, name: string): Promise<void> {
  await expect(rows(page).nth(2)).toBeVisible();
  const [first, ...others] = engine.catalogue.rows;
  if (!first) throw new Error('the scenario has no rows');
  engine.catalogue.rows = [{ ...first, name, here: true }, ...others];
  engine.catalogue.tell();
  await rows(page)
    .filter({ hasText: name.slice(0, 8) })
    .click();
  await page.getByRole('complementary').locator('button:has(.lucide-eye)').click();
  await expect(page.getByRole('dialog')).toBeVisible();
}

/** Files looked at, and the list in another shape. */
export const previewScreens: readonly Screen[] = [
  {
    name: 'preview-picture',
    again: true,
    go: async (page, server) => {
      await lookAt(page, server, 'תמונה של הים.png');
      await expect(page.getByRole('dialog').getByRole('img')).toHaveJSProperty('complete', true);
    },
  },
  {
    name: 'preview-text',
    again: true,
    go: async (page, server) => {
      await lookAt(page, server, 'station-3-notes.md');
      await expect(page.getByRole('dialog').getByText('two whales')).toBeVisible();
    },
  },
  {
    name: 'preview-no-way',
    again: true,
    go: async (page, server) => {
      await lookAt(page, server, 'humpbacks.mp4');
      await expect(page.getByRole('dialog').locator('strong')).toBeVisible();
    },
  },
  {
    name: 'folder-here',
    again: true,
    go: async (page, { engine }) => {
      await expect(rows(page).nth(2)).toBeVisible();
      engine.catalogue.rows = engine.catalogue.rows.map((row) => ({ ...row, here: row.here || 'collection' in row }));
      engine.catalogue.tell();
      await rows(page).filter({ hasText: 'Bia & João' }).click();
      await expect(page.getByRole('complementary').getByText('IMG_0417')).toBeVisible();
    },
  },
  {
    name: 'files-grouped',
    again: true,
    go: async (page) => {
      await expect(rows(page).nth(2)).toBeVisible();
      await page.evaluate(() => {
        localStorage.setItem(
          'enxame.columns',
          JSON.stringify({ columns: ['owner', 'size', 'type', 'sources', 'sha256'], grouped: true }),
        );
      });
      await page.reload();
      await expect(rows(page).nth(2)).toBeVisible();
    },
  },
];
