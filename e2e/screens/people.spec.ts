import { goTo, rows } from './screen.js';
import { expect, test } from './screen-test.js';

test('a person is verified after the words were compared, and a key that changed is told loudly', async ({
  page,
  open,
}) => {
  const { engine } = await open({});
  engine.people = engine.people.map((person) =>
    person.name === 'Rafael Lima' ? { ...person, keyChanged: true, verifiedAt: 1 } : person,
  );
  engine.broadcast('people:changed', { total: engine.people.length, people: engine.people });
  await goTo(page, 'people');
  await page.getByRole('link', { name: /Rafael Lima/ }).click();
  const warning = page.getByRole('alert').filter({ hasText: 'Rafael Lima has another key than before' });
  await warning.getByRole('button', { name: 'Compare words' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('trigo farol abelha vinho 41')).toBeVisible();
  await dialog.getByRole('button', { name: 'They differ' }).click();
  await expect(dialog.getByRole('alert')).toContainText('somebody stands between you');
  await dialog.getByRole('button', { name: 'They are the same' }).click();
  await expect(warning).toBeHidden();
  await expect(page.getByText(/the words were compared/)).toBeVisible();
  await expect(page.getByRole('link', { name: /Rafael Lima/ }).getByRole('img', { name: 'verified' })).toBeVisible();
});

test('a blocked person is hidden from the files, listed apart, and unblocked', async ({ page, open }) => {
  await open({});
  await expect(rows(page).filter({ hasText: 'thesis.pdf' })).toBeVisible();
  await goTo(page, 'people');
  await page.getByRole('link', { name: /Rafael Lima/ }).click();
  await page.getByRole('button', { name: 'Block' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Block', exact: true }).click();
  await expect(page.getByRole('heading', { name: /Blocked/ })).toBeVisible();
  await goTo(page, 'files');
  await expect(rows(page).filter({ hasText: 'sar-antarctic' })).toBeVisible();
  await expect(rows(page).filter({ hasText: 'thesis.pdf' })).toHaveCount(0);
  await goTo(page, 'people');
  await page.getByRole('link', { name: /Rafael Lima/ }).click();
  await page.getByRole('button', { name: 'Unblock' }).click();
  await goTo(page, 'files');
  await expect(rows(page).filter({ hasText: 'thesis.pdf' })).toBeVisible();
});

test('a note about a person is kept', async ({ page, open }) => {
  const { engine } = await open({});
  await goTo(page, 'people');
  await page.getByRole('link', { name: /Marina Souza/ }).click();
  await page.getByLabel('Note').fill('from the lab');
  await page.getByLabel('Note').blur();
  await expect.poll(() => engine.people.find(({ name }) => name === 'Marina Souza')?.note).toBe('from the lab');
});

test('who may know of a file is chosen, shown, and changed', async ({ page, open }) => {
  const { engine } = await open({});
  await rows(page).filter({ hasText: 'poster-sbpc' }).click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details.getByText('Everyone in Lab Oceano')).toBeVisible();
  await details.getByRole('button', { name: 'Change' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /Chosen people/ }).check();
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await dialog.getByRole('checkbox', { name: /Marina Souza/ }).check();
  await dialog.getByRole('checkbox', { name: /Rafael Lima/ }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(details.getByText('Only Marina Souza and Rafael Lima')).toBeVisible();
  expect(engine.asked.find(({ call }) => call === 'share:show')?.payload).toMatchObject({
    visibility: { kind: 'people' },
  });
  await details.getByRole('button', { name: 'Change' }).click();
  await page
    .getByRole('dialog')
    .getByRole('radio', { name: /Link or code only/ })
    .check();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(details.getByText('Only by a link or a code')).toBeVisible();
});

test('a folder is watched, tells what it shared, and is stopped', async ({ page, open }) => {
  const { engine } = await open({});
  await goTo(page, 'settings/folders');
  await page.getByRole('button', { name: 'Watch a folder' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Use this folder' }).click();
  const list = page.getByRole('list', { name: 'Watched folders' });
  await expect(list.getByText('Nothing shared from it yet')).toBeVisible();
  engine.watched = engine.watched.map((folder) => ({
    ...folder,
    shared: 3,
    last: { name: 'photo.jpg', at: Date.now() },
    waiting: 1,
  }));
  engine.broadcast('watched:changed', { folders: engine.watched });
  await expect(list.getByText(/3 shared · last “photo.jpg”.*1 still being written/)).toBeVisible();
  await list.getByRole('button', { name: /Stop watching/ }).click();
  await expect(list).toBeHidden();
});

test('the details of a file of one’s own say who took it', async ({ page, open }) => {
  const { engine } = await open({ history: 1 });
  const [record] = engine.history;
  const poster = [...engine.shares.values()].find(({ name }) => name.startsWith('poster'));
  if (!record || !poster?.contentId) throw new Error('the scenario has no poster');
  const { contentId, name } = poster;
  engine.history = [
    { ...record, direction: 'send', result: 'received', contentId, name, personName: 'Marina Souza' },
    { ...record, direction: 'send', result: 'sent', contentId, name, personName: 'Rafael Lima' },
    { ...record, direction: 'send', result: 'failed', contentId, name, personName: 'João Vitor' },
  ];
  await rows(page).filter({ hasText: 'poster-sbpc' }).click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details.getByText('Received and verified', { exact: false })).toBeVisible();
  await expect(details.getByText('Sent, not confirmed', { exact: false })).toBeVisible();
  await expect(details.getByText('João Vitor')).toHaveCount(0);
});

test('files that are pasted are shared', async ({ page, open }) => {
  await open({});
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['pasted'], 'pasted.txt'));
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(page.getByText('pasted.txt').first()).toBeVisible();
});
