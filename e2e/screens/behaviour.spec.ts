import { rows } from './screen.js';
import { expect, test } from './screen-test.js';

const firstRun = { registered: false, suggestedTracker: 'https://127.0.0.1:7667', rows: 0 };

test('a first run is one field and one button', async ({ page, open }) => {
  const { engine } = await open(firstRun);
  await expect(page.locator('input[autocomplete="username"]')).toBeFocused();
  await page.keyboard.type('Ana Andrada');
  await expect(page.getByText('Free. People will find you by this name.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing shared in Lab Oceano yet')).toBeVisible();
  expect(engine.asked.filter(({ call }) => call === 'user:register')).toEqual([
    { call: 'user:register', payload: { name: 'Ana Andrada' } },
  ]);
});

test('a refused registration is told at the name, and nothing is lost', async ({ page, open }) => {
  const { engine } = await open(firstRun);
  engine.failures.set('user:register', { code: 'name-look-alike', params: { name: 'Rafaell' } });
  await page.locator('input[autocomplete="username"]').fill('Rafael1');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('alert')).toContainText('The name looks like “Rafaell”, which is taken.');
  await expect(page.locator('input[autocomplete="username"]')).toHaveValue('Rafael1');
});

test('an address that does not answer can be corrected in place', async ({ page, open }) => {
  await open({ registered: false });
  await page.getByRole('textbox').fill('not an address');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('is not an address');
  await page.getByRole('textbox').fill('192.168.1.20');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Join Casa Andrade' })).toBeVisible();
  await page.locator('input[autocomplete="username"]').fill('Ana');
  await expect(page.getByText('Free. People will find you by this name.')).toBeVisible();
  await expect(page.locator('input[autocomplete="username"]')).toHaveValue('Ana');
});

test('Connect without an address says what is missing, at the field', async ({ page, open }) => {
  await open({ registered: false, rows: 0 });
  await page.getByRole('button', { name: 'Connect' }).click();
  await expect(page.getByRole('alert')).toContainText('Write it like 192.168.1.20');
  await expect(page.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('1');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a first run fits its window', async ({ page, open }) => {
  await page.setViewportSize({ width: 1180, height: 760 });
  await open(firstRun);
  await expect(page.getByText('mel-trigo-farol-41')).toBeVisible();
  const { scrollHeight, clientHeight } = await page.evaluate(() => ({
    scrollHeight: document.documentElement.scrollHeight,
    clientHeight: document.documentElement.clientHeight,
  }));
  expect(scrollHeight).toBe(clientHeight);
});

test('another server in the place of the known one is said on every page', async ({ page, open }) => {
  const { engine } = await open({});
  const { tracker } = engine.status;
  if (!tracker) throw new Error('the scenario has no tracker');
  const error = {
    code: 'tracker-identity-changed' as const,
    params: { address: 'lab.example.org:7667', words: 'sol-mar-rio-1' },
  };
  engine.setStatus({ tracker: { ...tracker, connected: false, nextTryAt: null, error } });
  await expect(page.getByRole('alert')).toContainText('its seal changed to sol-mar-rio-1');
  await page.getByRole('alert').getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Connection', level: 1 })).toBeVisible();
});

test('a hundred thousand rows are walked by keyboard, with few of them in the document', async ({ page, open }) => {
  await open({ rows: 100_000 });
  const grid = page.getByRole('grid');
  await expect(grid).toHaveAttribute('aria-rowcount', '100001');
  await page.getByRole('searchbox').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  const last = grid.locator('[aria-rowindex="100001"]');
  await expect(last).toBeFocused();
  await expect(last).toHaveAttribute('aria-selected', 'true');
  await expect(last.getByRole('gridcell').first()).not.toBeEmpty();
  expect(await rows(page).count()).toBeLessThan(80);
  await page.keyboard.press('Home');
  await expect(grid.locator('[aria-rowindex="2"]')).toBeFocused();
  await expect(grid.locator('[aria-rowindex="2"]')).toContainText('thesis.pdf');
});

test('Files asked for by a key has the focus in its list, and keeps it when that row is pushed away', async ({
  page,
  open,
}) => {
  const { engine } = await open({});
  await expect(rows(page).nth(1)).toBeVisible();
  await page.keyboard.press('ArrowDown'); // nothing has the focus yet: the list takes the key
  await expect(rows(page).nth(1)).toBeFocused();
  await page.keyboard.press('Control+2');
  await page.keyboard.press('Control+1');
  await expect(rows(page).nth(1)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(rows(page).nth(2)).toBeFocused();
  const [first] = engine.catalogue.rows;
  if (!first) throw new Error('the scenario has no rows');
  const many = Array.from({ length: 450 }, (_, index) => ({
    ...first,
    id: `${String(1000 + index).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '')}${'a'.repeat(22)}` as typeof first.id,
    name: `burst-${String(index)}.txt`,
    addedAt: Date.now() + index,
  }));
  engine.catalogue.rows = [...many, ...engine.catalogue.rows];
  engine.catalogue.tell();
  await expect(rows(page).filter({ hasText: 'burst-' }).first()).toBeVisible();
  await expect(page.locator('main [role="row"]:focus')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('main [role="row"][aria-selected="true"]:focus')).toContainText('burst-');
});

test('what someone shares appears by itself, and moves no row under a mouse at work', async ({ page, open }) => {
  const { engine } = await open({});
  await expect(rows(page).nth(1)).toContainText('thesis.pdf');
  const add = (name: string): void => {
    const [first] = engine.catalogue.rows;
    if (!first) throw new Error('the scenario has no rows');
    const id = `${name.padEnd(25, 'a')}a` as typeof first.id;
    engine.catalogue.rows = [...engine.catalogue.rows, { ...first, id, name: `${name}.txt`, addedAt: Date.now() }];
    engine.catalogue.tell();
  };
  add('appears');
  await expect(rows(page).nth(1)).toContainText('appears.txt');
  await rows(page).nth(3).hover();
  add('waits');
  await expect(page.getByRole('button', { name: '1 new' })).toBeVisible();
  await expect(rows(page).filter({ hasText: 'appears.txt' })).toHaveAttribute('aria-rowindex', '2');
  await page.getByRole('button', { name: '1 new' }).click();
  await expect(rows(page).nth(1)).toContainText('waits.txt');
});

test('Enter downloads, and the row tells how far it is until it is verified', async ({ page, open }) => {
  const { engine } = await open({});
  const row = rows(page).filter({ hasText: 'bathymetry' });
  await row.click();
  await page.keyboard.press('Enter');
  await expect(row.getByRole('button')).toHaveText('0%');
  const [transfer] = [...engine.transfers.values()];
  if (!transfer) throw new Error('nothing was started');
  engine.setTransfer({ ...transfer, bytesDone: transfer.size / 2 });
  await expect(row.getByRole('button')).toHaveText('50%');
  engine.setTransfer({ ...transfer, bytesDone: transfer.size, state: 'verified', path: '/home/ana/Enxame/b.nc' });
  await expect(page.getByText('bathymetry-grid-south-atlantic.nc received and verified')).toBeVisible();
});

test('what was received can be asked for again, and is not said to be sent on', async ({ page, open }) => {
  const { engine } = await open({ transfers: true });
  await rows(page).filter({ hasText: 'thesis.pdf' }).click();
  await expect(page.getByText('This computer has it, verified.')).toBeVisible();
  await page.getByRole('button', { name: 'Download again' }).click();
  await expect.poll(() => engine.asked.filter(({ call }) => call === 'download:start')).toHaveLength(1);
  await rows(page).filter({ hasText: 'poster-sbpc' }).click();
  await expect(page.getByText('This computer has it, verified, and sends it to whoever asks.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Download again' })).toHaveCount(0);
});

test('a send whose receiver stopped asking says so, and can be taken off', async ({ page, open }) => {
  const { engine } = await open({ transfers: true });
  await page.getByRole('link', { name: 'Transfers' }).first().click();
  const send = [...engine.transfers.values()].find((one) => one.id === 't-12');
  if (!send) throw new Error('the scenario sends nothing');
  engine.setTransfer({ ...send, state: 'waiting', bytesPerSecond: 0, sources: [] });
  const item = page.locator('[data-transfer="t-12"]');
  await expect(item).toContainText(`${send.personName} stopped asking; goes on when they ask again`);
  await item.getByRole('button', { name: 'Remove from the list' }).click();
  await expect.poll(() => engine.asked.filter(({ call }) => call === 'transfer:remove')).toHaveLength(1);
});

test('a search asks once for what was typed, and Esc clears it', async ({ page, open }) => {
  const { engine } = await open({});
  await expect(rows(page).nth(1)).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('lecture tomas rafael', { delay: 5 });
  await expect(page.getByText('No file matches “lecture tomas rafael”')).toBeVisible();
  await page.getByRole('searchbox').fill('rafael lecture');
  await expect(rows(page)).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(rows(page).nth(8)).toBeVisible();
  const asked = engine.asked.filter(({ call }) => call === 'catalogue:watch');
  expect(asked.length).toBeLessThan(10);
});

test('files of this browser are streamed to the engine and then shared', async ({ page, open }) => {
  const server = await open({});
  await page.getByRole('button', { name: 'Add files' }).click();
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (
    await choosing
  ).setFiles([
    { name: 'relação.txt', mimeType: 'text/plain', buffer: Buffer.alloc(300_000, 'a') },
    { name: 'missing.txt', mimeType: 'text/plain', buffer: Buffer.from('x') },
  ]);
  await expect(rows(page).filter({ hasText: 'relação.txt' })).toBeVisible();
  await expect(page.getByText('1 item could not be shared')).toBeVisible();
  await expect(page.getByText('“/uploads/missing.txt” does not exist.')).toBeVisible();
  expect(server.uploads).toContainEqual({ name: 'relação.txt', bytes: 300_000 });
});

test('files and folders dropped anywhere are shared', async ({ page, open }) => {
  const server = await open({});
  await expect(rows(page).nth(1)).toBeVisible();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['hello'], 'dropped.txt'));
    for (const type of ['dragenter', 'drop']) {
      window.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  });
  await expect(rows(page).filter({ hasText: 'dropped.txt' })).toBeVisible();
  expect(server.uploads).toEqual([{ name: 'dropped.txt', bytes: 5 }]);
});

test('what is taken off the list comes back by Undo, and the engine is told only afterwards', async ({
  page,
  open,
}) => {
  const { engine } = await open({ transfers: true });
  await page.getByRole('link', { name: 'Transfers' }).first().click();
  const item = page.locator('[data-transfer="t-0"]');
  await item.getByRole('button', { name: 'Remove from the list' }).click();
  await expect(item).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(item).toBeVisible();
  expect(engine.asked.filter(({ call }) => call === 'transfer:remove')).toEqual([]);
});

test('stopping what has bytes asks first, with the safe choice in focus', async ({ page, open }) => {
  const { engine } = await open({ transfers: true });
  await page.getByRole('link', { name: 'Transfers' }).first().click();
  const item = page.locator('[data-transfer="t-1"]');
  await item.getByRole('button', { name: 'Stop and remove' }).click();
  await expect(page.getByRole('button', { name: 'Keep receiving' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(item.getByRole('button', { name: 'Stop and remove' })).toBeFocused();
  await item.getByRole('button', { name: 'Pause' }).click();
  await expect(item).toContainText('Paused at 41%');
  expect(engine.asked.filter(({ call }) => call === 'transfer:remove')).toEqual([]);
});

test('when the engine dies the content stays, and everything is live again when it is back', async ({ page, open }) => {
  const server = await open({});
  await expect(rows(page).nth(1)).toContainText('thesis.pdf');
  await expect(page.getByRole('button', { name: 'Total speed now' })).toBeVisible();
  server.stop();
  await expect(page.getByText('The engine of Enxame stopped.')).toBeVisible();
  await expect(page.getByText('Start it again where it ran')).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Navigation' })).toContainText('no contact');
  await expect(page.getByRole('button', { name: 'Total speed now' })).toHaveCount(0);
  await expect(rows(page).nth(1)).toContainText('thesis.pdf');
  server.start();
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(page.getByText('The engine of Enxame stopped.')).toHaveCount(0);
  server.engine.catalogue.rows = server.engine.catalogue.rows.slice(1);
  server.engine.catalogue.tell();
  await expect(rows(page).nth(1)).not.toContainText('thesis.pdf');
});

test('an address without its token says so, and takes the new one without a reload', async ({ page, open }) => {
  const server = await open({});
  await page.evaluate(() => {
    sessionStorage.clear();
  });
  await page.goto(new URL('/', server.url).href);
  await expect(page.getByText('Enxame does not answer')).toBeVisible();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, new URL(server.url).hash);
  await expect(rows(page).nth(1)).toBeVisible();
  expect(page.url()).not.toContain('token');
});

test('language and theme follow the settings at once', async ({ page, open }) => {
  await open({});
  await page.getByRole('link', { name: 'Settings' }).first().click();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('pt-BR');
  await expect(page.getByRole('heading', { name: 'Ajustes' })).toBeVisible();
  await page.getByRole('radio', { name: 'Escuro' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
