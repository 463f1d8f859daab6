import { scenarioWords } from '../../apps/desktop/src/renderer/testing/scenario-identity.js';
import { goTo, rows } from './screen.js';
import { expect, test } from './screen-test.js';

test('recovery words are offered until they are written down, and a check says that they are', async ({
  page,
  open,
}) => {
  const { engine } = await open({ wordsSaved: false });
  await page.getByRole('button', { name: 'Write them down' }).click();
  await expect(page.getByRole('listitem')).toHaveText(scenarioWords);
  await page.getByRole('button', { name: 'They are written down' }).click();
  const fields = page.getByRole('dialog').getByRole('textbox');
  await expect(fields).toHaveCount(3);
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByRole('alert')).toHaveCount(3);
  for (const field of await fields.all()) {
    const label = (await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent)) ?? '';
    await field.fill(` ${scenarioWords[Number(label.replace(/\D/g, '')) - 1] ?? ''}`.toUpperCase());
  }
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your name is safe with the words on your paper')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Write them down' })).toHaveCount(0);
  expect(engine.status.settings.wordsSavedAt).toBeGreaterThan(0);
});

test('later means later, also after a reload', async ({ page, open }) => {
  await open({ wordsSaved: false });
  await page.getByRole('button', { name: 'Later' }).click();
  await page.reload();
  await expect(rows(page).nth(1)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Write them down' })).toHaveCount(0);
});

test('the words bring a name back on a first run', async ({ page, open }) => {
  await open({ registered: false, suggestedTracker: 'https://127.0.0.1:7667' });
  await page.getByRole('radio', { name: 'I was here before' }).click();
  const field = page.getByRole('textbox', { name: 'Your 24 recovery words' });
  await field.fill('not the words');
  await page.getByRole('button', { name: 'Bring my name back' }).click();
  await expect(page.getByText('These are not the recovery words of anybody.')).toBeVisible();
  await field.fill('right but unknown');
  await page.getByRole('button', { name: 'Bring my name back' }).click();
  await expect(page.getByText('this network does not know them')).toBeVisible();
  await field.fill(scenarioWords.join('\n'));
  await expect(page.getByText('24 of 24 words')).toBeVisible();
  await page.getByRole('button', { name: 'Bring my name back' }).click();
  await expect(rows(page).nth(1)).toBeVisible();
});

test('known networks are changed and forgotten in the settings', async ({ page, open }) => {
  const { engine } = await open({});
  await goTo(page, 'settings/network');
  await page.getByRole('switch', { name: 'Ask the router for a way in' }).click();
  await expect.poll(() => engine.status.settings.mapPort).toBe(false);
  await page.getByRole('button', { name: 'Forget Casa Andrade' }).click();
  await expect(page.getByRole('button', { name: 'Use Casa Andrade' })).toHaveCount(0);
});

test('another computer of the same person joins by a code that this one shows', async ({ page, open }) => {
  const { engine } = await open({});
  await goTo(page, 'settings/identity');
  await page.getByRole('button', { name: 'Add a computer' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a computer of yours' });
  await expect(dialog.getByText('7-abelha-vinho-mel')).toBeVisible();
  await expect.poll(() => engine.asked.some(({ call }) => call === 'device:joined')).toBe(true);
  engine.joinDevice('ana-laptop');
  await expect(dialog.getByText('ana-laptop is yours now, too')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect.poll(() => engine.asked.at(-1)?.call).toBe('device:uninvite');
});

test('on a first run the code of another computer brings the name', async ({ page, open }) => {
  const { engine } = await open({ registered: false, suggestedTracker: 'https://127.0.0.1:7667' });
  await page.getByRole('radio', { name: 'I was here before' }).click();
  const field = page.getByRole('textbox', { name: 'Your 24 recovery words' });
  await field.fill('7-abelha-rio');
  await expect(page.getByText('A code of another computer of yours.')).toBeVisible();
  await page.getByRole('button', { name: 'Bring my name back' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await field.fill('7-abelha-vinho-mel');
  await page.getByRole('button', { name: 'Bring my name back' }).click();
  await expect(rows(page).nth(1)).toBeVisible();
  expect(engine.asked.some(({ call }) => call === 'identity:restore')).toBe(false);
});
