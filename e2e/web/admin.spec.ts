import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { startEnxame, type RunningProgram } from '../harness/program.js';
import { goTo, join, upload } from './member.js';
import { expect, lookAt, test, twoLooks } from './web-test.js';

// Who registers first administers: each of these has a tracker of its own.
let folder: string;
let tracker: RunningProgram;
let origin: string;
let contexts: BrowserContext[] = [];
test.beforeEach(async () => {
  folder = await mkdtemp(joinPath(tmpdir(), 'enxame-admin-'));
  tracker = await startEnxame(['tracker', '--host=127.0.0.1', '--port=0', '--name=Casa Andrade', `--data=${folder}`]);
  origin = tracker.ready.url.replace('https:', 'http:');
});
test.afterEach(async () => {
  for (const context of contexts) await context.close();
  contexts = [];
  await tracker.stop();
  await rm(folder, { recursive: true, force: true });
});

async function otherBrowser(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB' });
  contexts.push(context);
  return context.newPage();
}

const openPart = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('radio', { name, exact: true }).click();
};

test('W40: registration by invitation: a code lets so many people in, and no more', async ({ page, browser }) => {
  await join(page, origin);
  await goTo(page, 'Admin');
  await page.getByRole('combobox', { name: 'New people' }).selectOption('invitation');
  await page.getByLabel('For whom (only you see it)').fill('os primos');
  await page.getByRole('button', { name: 'Make a code' }).click();
  const line = page.getByRole('listitem').filter({ hasText: 'os primos' });
  await expect(line).toContainText('0 of 1 used');
  await lookAt(page, 'admin-entry');
  await page.setViewportSize({ width: 1180, height: 760 });
  await page.getByRole('combobox', { name: /Language|Idioma/ }).selectOption('en');

  const code = await codeOf(page, origin);
  const bia = await otherBrowser(browser);
  await bia.goto(`${origin}/#/sign-in`);
  await bia.getByLabel('Your name').fill('Bia');
  await bia.getByRole('button', { name: 'Join' }).click();
  await expect(bia.getByRole('alert')).toBeVisible();
  if (!(await bia.getByLabel('Invitation code').isVisible())) await bia.getByText('I have an invitation code').click();
  await bia.getByLabel('Invitation code').fill(code);
  await bia.getByRole('button', { name: 'Join' }).click();
  await expect(bia.getByTitle('Signed in as Bia')).toBeVisible();
  await expect(bia.getByRole('link', { name: 'Admin', exact: true })).toHaveCount(0);

  await page.reload();
  await goTo(page, 'Admin');
  await expect(page.getByText('None')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name of a person' }).fill('Bia');
  await page.getByRole('button', { name: 'Make administrator' }).click();
  await bia.reload();
  await expect(bia.getByRole('link', { name: 'Admin', exact: true })).toBeVisible();
});

/** The clipboard is the browser's: the tracker says the same. */
async function codeOf(page: Page, at: string): Promise<string> {
  const asked = page.waitForResponse((response) => response.url() === `${at}/admin/invitations`);
  await page.reload();
  await goTo(page, 'Admin');
  const { invitations } = (await (await asked).json()) as { invitations: { code: string }[] };
  return invitations[0]?.code ?? '';
}

test('W41: what is taken away is gone for all, its owner reads why, and it does not come back', async ({
  page,
  browser,
}) => {
  await join(page, origin);
  const bia = await otherBrowser(browser);
  await join(bia, origin);
  await upload(bia, 'segredo dos outros.pdf', Buffer.from('not hers'));

  await goTo(page, 'Admin');
  await openPart(page, 'Files');
  await page.getByRole('searchbox', { name: 'Find the file by its name' }).fill('segredo');
  await page.getByRole('button', { name: 'Take segredo dos outros.pdf away' }).click();
  await page.getByLabel('Reason (its owners read it)').fill('É de outra pessoa <b>');
  await page.getByRole('button', { name: 'Take it away' }).click();
  await expect(page.getByText('Taken away from 1 person.')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'É de outra pessoa <b>' })).toBeVisible();
  await lookAt(page, 'admin-files', twoLooks);

  await bia.reload();
  await expect(bia.getByText('“segredo dos outros.pdf” was taken away by an administrator')).toBeVisible();
  await expect(bia.getByText('Reason: É de outra pessoa <b>')).toBeVisible();
  await lookAt(bia, 'notice-removed', twoLooks);
  await bia.getByRole('combobox', { name: /Language|Idioma/ }).selectOption('en');
  await bia.setViewportSize({ width: 1180, height: 760 });
  await goTo(bia, 'My files');
  await expect(bia.getByText(/Nothing is kept on the server/)).toBeVisible();
  await bia.getByRole('button', { name: 'Understood' }).click();
  await bia.reload();
  await goTo(bia, 'My files');
  await expect(bia.getByText(/Nothing is kept on the server/)).toBeVisible();
  await expect(bia.getByText(/was taken away/)).toHaveCount(0);
});

test('W42: bans, room, announcements and the log', async ({ page, browser }) => {
  await join(page, origin);
  const bia = await otherBrowser(browser);
  const name = await join(bia, origin);
  await goTo(page, 'Admin');

  await openPart(page, 'Announcements');
  await page.getByLabel('What you want to say').fill('Sunday at ten the network rests for an hour.');
  await page.getByRole('button', { name: 'Announce' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Sunday at ten' })).toBeVisible();
  await bia.reload();
  await expect(bia.getByText('Sunday at ten the network rests for an hour.')).toBeVisible();
  await bia.getByRole('button', { name: 'Understood' }).click();
  await bia.reload();
  await expect(bia.getByTitle(`Signed in as ${name}`)).toBeVisible();
  await expect(bia.getByText('Sunday at ten')).toHaveCount(0);

  await openPart(page, 'Room');
  await page.getByLabel('Of that, copies kept for nobody, in GB').fill('1.5');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name of a person' }).fill(name);
  await page.getByLabel('GB', { exact: true }).fill('0.001');
  await page.getByRole('button', { name: 'Set' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText('1.0 MB');
  await lookAt(page, 'admin-room', twoLooks);
  await page.getByRole('combobox', { name: /Language|Idioma/ }).selectOption('en');
  await page.setViewportSize({ width: 1180, height: 760 });
  await goTo(bia, 'My files');
  await expect(bia.getByText('0 B of 1.0 MB used')).toBeVisible();

  await openPart(page, 'Bans');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Reason (the person reads it)').fill('spam');
  await page.getByRole('button', { name: 'Shut out', exact: true }).click();
  await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText('spam');
  await page.getByRole('combobox', { name: 'Whom' }).selectOption('address');
  await page.getByLabel('Address or range').fill('203.0.113.0/24');
  await page.getByRole('button', { name: 'Shut out', exact: true }).click();
  await expect(page.getByRole('listitem').filter({ hasText: '203.0.113.0/24' })).toBeVisible();
  await lookAt(page, 'admin-bans', twoLooks);
  await page.getByRole('combobox', { name: /Language|Idioma/ }).selectOption('en');
  await page.setViewportSize({ width: 1180, height: 760 });
  await bia.reload();
  await expect(bia.getByText('spam')).toBeVisible();
  await page.getByRole('button', { name: `Let ${name} in again` }).click();
  await page.getByRole('button', { name: 'Let in', exact: true }).click();
  await expect(page.getByRole('listitem').filter({ hasText: name })).toHaveCount(0);

  await openPart(page, 'Log');
  await expect(page.getByRole('row').filter({ hasText: 'shut out' })).toHaveCount(2);
  await expect(page.getByRole('row').filter({ hasText: 'let in again' })).toContainText(name);
  await expect(page.getByRole('row').filter({ hasText: 'changed settings' })).toContainText(
    'Room for copies kept for nobody: 1.5 GB',
  );
  await expect(page.getByRole('row').filter({ hasText: 'set a quota' })).toContainText(`${name} · 1.0 MB`);
  await expect(page.getByRole('row').filter({ hasText: '203.0.113.0/24' })).toContainText('an address range:');
  await lookAt(page, 'admin-log', twoLooks);
});

test('W43: a search is saved, and tells of what is new', async ({ page, browser }) => {
  await join(page, origin);
  await page.getByRole('searchbox').fill('relacao');
  await expect(page.getByText('No file matches “relacao”')).toBeVisible();
  await page.getByRole('button', { name: 'Save this search' }).click();
  await expect(page.getByText('Saved: what is new is shown under Searches')).toBeVisible();
  await goTo(page, 'Searches');
  await expect(page.getByText('Nothing new since you looked')).toBeVisible();

  const bia = await otherBrowser(browser);
  await join(bia, origin);
  await upload(bia, 'Relação de março.txt', Buffer.from('março'));
  // Told at a tick, and asked for when the page is opened.
  const found = page.getByRole('list', { name: 'New for relacao' }).getByRole('listitem');
  await expect(async () => {
    await page.reload();
    await expect(found).toContainText('Relação', { timeout: 2000 });
  }).toPass();
  await expect(page.getByRole('navigation').getByText('1', { exact: true })).toBeVisible();
  await lookAt(page, 'searches');
  await page.getByRole('combobox', { name: /Language|Idioma/ }).selectOption('en');
  await page.setViewportSize({ width: 1180, height: 760 });
  await page.getByRole('button', { name: 'Show in Files' }).click();
  await expect(page.getByRole('searchbox')).toHaveValue('relacao');
  await expect(page.getByRole('list', { name: 'List of files' }).getByRole('listitem')).toHaveCount(1);
  await page.goBack();
  await page.getByRole('button', { name: 'Mark as seen' }).click();
  await expect(page.getByText('Nothing new since you looked')).toBeVisible();
  await page.getByRole('button', { name: 'Forget the search relacao' }).click();
  await page.getByRole('button', { name: 'Forget it' }).click();
  await expect(page.getByText('No saved searches')).toBeVisible();
});
