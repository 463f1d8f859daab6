import { readdir } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { sha256Of, writeRandomFile } from '../harness/files.js';
import { test, type World } from '../harness/fixtures.js';
import { partBytes, partReaches } from '../harness/part-file.js';
import { openApp } from '../harness/person.js';

const bytes = 200_000_000;
const name = 'holiday film.mov';

/** Two people in one network, and a file of random bytes on Ana's computer. */
async function meet(world: World) {
  const tracker = await world.startTracker();
  const ana = await world.startPeer('ana', tracker.ready.url);
  const rafael = await world.startPeer('rafael', tracker.ready.url);
  const sha256 = await writeRandomFile(world.path(name), bytes);
  return { tracker, ana, rafael, sha256, downloads: world.path('rafael-downloads') };
}

async function expectFile(downloads: string, sha256: string): Promise<void> {
  expect(await readdir(downloads)).toEqual([name]);
  expect(await sha256Of(`${downloads}/${name}`)).toBe(sha256);
}

test('a file shared by one appears live for the other, who downloads it, verified', async ({ world, browser }) => {
  const { ana, rafael, sha256, downloads } = await meet(world);
  const [sender, receiver] = [await openApp(browser, ana), await openApp(browser, rafael)];
  await sender.register('Ana');
  await receiver.register('Rafael');
  await expect(receiver.file(name)).toHaveCount(0);
  await sender.share(world.path(name));
  await expect(receiver.file(name)).toContainText('Ana');
  await expect(receiver.file(name)).toContainText('200 MB');
  await receiver.download(name);
  await receiver.sawVerified(name);
  await expectFile(downloads, sha256);
});

test('a receiver that is killed in the middle goes on where it was', async ({ world, browser }) => {
  const { tracker, ana, rafael, sha256, downloads } = await meet(world);
  const [sender, receiver] = [await openApp(browser, ana), await openApp(browser, rafael)];
  await sender.register('Ana');
  await receiver.register('Rafael');
  await sender.share(world.path(name));
  await receiver.download(name);
  await partReaches(downloads, bytes / 10);
  ana.freeze();
  await rafael.kill();
  const kept = await partBytes(downloads);
  expect(kept).toBeGreaterThanOrEqual(bytes / 10);
  expect(kept).toBeLessThan(bytes);
  const again = await world.startPeer('rafael', tracker.ready.url);
  ana.thaw();
  await receiver.open(again);
  await receiver.sawVerified(name);
  await expectFile(downloads, sha256);
});

test('a tracker that restarts in the middle does not stop a download, and the list is live again', async ({
  world,
  browser,
}) => {
  const { tracker, ana, rafael, sha256, downloads } = await meet(world);
  const [sender, receiver] = [await openApp(browser, ana), await openApp(browser, rafael)];
  await sender.register('Ana');
  await receiver.register('Rafael');
  await sender.share(world.path(name));
  await receiver.download(name);
  await partReaches(downloads, bytes / 10);
  ana.freeze();
  expect(await tracker.stop()).toBe(0);
  expect(await partBytes(downloads)).toBeLessThan(bytes);
  await world.startTracker();
  ana.thaw();
  await receiver.sawVerified(name);
  await expectFile(downloads, sha256);

  await writeRandomFile(world.path('after.txt'), 1000);
  await sender.share(world.path('after.txt'));
  await receiver.page.getByRole('link', { name: /^Files/ }).click();
  await expect(receiver.file('after.txt')).toContainText('Ana');
});
