import { dropOn } from './drop.js';
import { goTo, rows } from './screen.js';
import { token } from './scenario-server.js';
import { expect, test } from './screen-test.js';
import { openInWindow } from './window.js';

test('who may know of it is chosen where files are added, and is the choice of the next time', async ({
  page,
  open,
}) => {
  const { engine } = await open({});
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Add files' }).click();
  await expect(dialog.getByRole('radio', { name: /Everyone in Lab Oceano/ })).toBeChecked();
  await dialog.getByRole('radio', { name: /Chosen people/ }).check();
  await expect(dialog.getByRole('button', { name: 'Choose files' })).toBeDisabled();
  await dialog.getByRole('radio', { name: /Link or code only/ }).check();
  await dialog.getByRole('button', { name: 'Look through its folders' }).click();
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: /^Share/ }).click();
  await expect
    .poll(() => engine.asked.find(({ call }) => call === 'share:add')?.payload)
    .toMatchObject({ visibility: { kind: 'link' } });
  await page.reload();
  await expect(rows(page).nth(1)).toBeVisible();
  await page.getByRole('button', { name: 'Add files' }).click();
  await expect(dialog.getByRole('radio', { name: /Link or code only/ })).toBeChecked();
});

test('a drop says who may know of it: by its zone, and chosen people in one more step', async ({ page, open }) => {
  const { engine } = await open({});
  const shared = () => engine.asked.filter(({ call }) => call === 'share:add').map(({ payload }) => payload);
  await expect(rows(page).nth(1)).toBeVisible();
  await dropOn(page, 'link', 'only-by-link.txt');
  await expect.poll(shared).toMatchObject([{ visibility: { kind: 'link' } }]);
  await dropOn(page, 'people', 'for-some.txt');
  const dialog = page.getByRole('dialog', { name: 'Share 1 item' });
  await expect(dialog.getByRole('radio', { name: /Chosen people/ })).toBeChecked();
  await dialog.getByRole('checkbox', { name: /Marina/ }).check();
  await dialog.getByRole('button', { name: 'Share' }).click();
  const marina = engine.people.find(({ name }) => name === 'Marina Souza')?.id;
  await expect.poll(shared).toMatchObject([{}, { visibility: { kind: 'people', people: [marina] } }]);
  await dropOn(page, 'everyone', 'for-all.txt');
  await expect.poll(shared).toHaveLength(3);
  expect(shared()[2]).not.toHaveProperty('visibility');
  await expect(rows(page).filter({ hasText: 'for-all.txt' })).toBeVisible();
});

test('in a window, what the system’s picker brings is asked about before it is shared', async ({ page, open }) => {
  await openInWindow(page, token, { files: ['/home/ana/tese.pdf', '/home/ana/mapa.png'] });
  const { engine } = await open({});
  await expect(rows(page).nth(1)).toBeVisible();
  await page.keyboard.press('Control+o');
  const dialog = page.getByRole('dialog', { name: 'Share 2 items' });
  await expect(dialog.getByRole('radio', { name: /Everyone in Lab Oceano/ })).toBeChecked();
  expect(engine.asked.filter(({ call }) => call === 'share:add')).toEqual([]);
  await dialog.getByRole('button', { name: 'Share' }).click();
  await expect
    .poll(() => engine.asked.find(({ call }) => call === 'share:add')?.payload)
    .toEqual({ paths: ['/home/ana/tese.pdf', '/home/ana/mapa.png'] });
});

test('a window says whether there are newer versions, looks when asked, and restarts with one', async ({
  page,
  open,
}) => {
  await openInWindow(page, token, { update: { state: 'current', checkedAt: null } });
  await open({});
  await goTo(page, 'settings/start');
  const section = page.getByRole('region', { name: 'Start and window' });
  await expect(section.getByRole('status')).toHaveText('Not looked for a newer one since it started.');
  await section.getByRole('button', { name: 'Look now' }).click();
  const tell = (update: unknown) =>
    page.evaluate((news) => {
      (window as unknown as { tellWindow: (message: unknown) => void }).tellWindow({ kind: 'update', update: news });
    }, update);
  await tell({ state: 'fetching', version: '0.2.0', percent: 40 });
  await expect(section.getByRole('status')).toHaveText('Fetching version 0.2.0, 40%');
  await tell({ state: 'failed', error: { code: 'update-failed' } });
  await expect(section.getByRole('alert')).toBeVisible();
  await tell({ state: 'ready', version: '0.2.0' });
  await section.getByRole('button', { name: 'Restart with 0.2.0' }).click();
  expect(await page.evaluate(() => (window as unknown as { asked: string[] }).asked)).toEqual(['check', 'install']);
});

test('a window without a tray or a place of newer versions shows no switch that does nothing', async ({
  page,
  open,
}) => {
  await openInWindow(page, token, { hasTray: false });
  await open({});
  await goTo(page, 'settings/start');
  const section = page.getByRole('region', { name: 'Start and window' });
  await expect(section.getByText('This package names no place with newer versions.')).toBeVisible();
  await expect(section.getByRole('switch')).toHaveCount(2);
});

test('the port for other computers is saved, and one that is none is told at its field', async ({ page, open }) => {
  const { engine } = await open({});
  await goTo(page, 'settings/network');
  const port = page.getByRole('textbox', { name: 'Port for other computers' });
  await port.fill('80');
  await port.press('Enter');
  await expect(page.getByRole('alert')).toContainText('from 1024 to 65535');
  await port.fill('41820');
  await port.press('Enter');
  await expect.poll(() => engine.status.settings.listenPort).toBe(41_820);
  await port.fill('');
  await port.blur();
  await expect.poll(() => engine.status.settings.listenPort).toBe(0);
});
