import { expect, test } from './screen-test.js';

test('a network that asks for an invitation is told one, and nothing is lost', async ({ page, open }) => {
  const { engine } = await open({ registered: false, suggestedTracker: 'https://127.0.0.1:7667', rows: 0 });
  engine.failures.set('user:register', { code: 'invitation-invalid' });
  await page.locator('input[autocomplete="username"]').fill('Ana Andrada');
  await page.getByRole('button', { name: 'Join' }).click();
  const field = page.getByRole('textbox', { name: 'Invitation code' });
  await expect(field).toBeFocused();
  await expect(page.getByText('This network asks for an invitation.')).toBeVisible();
  await page.keyboard.type('rio-1');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This invitation does not exist, was used, or has expired.')).toBeVisible();
  engine.failures.delete('user:register');
  await field.fill('mel-9');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing shared in Lab Oceano yet')).toBeVisible();
  expect(engine.asked.filter(({ call }) => call === 'user:register').at(-1)?.payload).toEqual({
    name: 'Ana Andrada',
    invitation: 'mel-9',
  });
});

test('an invitation link leads to its network, with its code, and its seal beside the one that is proven', async ({
  page,
  open,
}) => {
  const { engine } = await open({ registered: false, suggestedTracker: null, rows: 0 });
  const address = page.getByRole('textbox', { name: /address/i });
  await address.fill('enxame://tracker/127.0.0.1:7667?seal=sol-mar-rio-7&invitation=mel-9');
  await address.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Invitation code' })).toHaveValue('mel-9');
  await expect(page.getByText('It came with the link.')).toBeVisible();
  await expect(page.getByText('The link says other words: sol-mar-rio-7.')).toBeVisible();
  expect(engine.asked.find(({ call }) => call === 'tracker:probe')?.payload).toEqual({
    url: 'https://127.0.0.1:7667',
  });
  await page.locator('input[autocomplete="username"]').fill('Ana Andrada');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByText('Nothing shared in Lab Oceano yet')).toBeVisible();
  expect(engine.asked.filter(({ call }) => call === 'user:register').at(-1)?.payload).toEqual({
    name: 'Ana Andrada',
    invitation: 'mel-9',
  });
});
