import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test } from '../harness/fixtures.js';
import { openApp } from '../harness/person.js';
import { makePng, makeWav, pdf } from '../harness/previewed-files.js';
import { runEnxame } from '../harness/program.js';

const preview = (page: Page) => page.getByRole('dialog');

async function openPreview(page: Page, name: string): Promise<void> {
  await page.getByRole('row', { name }).click();
  await page.getByRole('complementary').getByRole('button', { name: 'Preview' }).click();
  await expect(preview(page).getByRole('heading', { name })).toBeVisible();
}

const closePreview = (page: Page) => preview(page).getByRole('button', { name: 'Close' }).click();

test('a sound plays while it is downloaded, goes on where one seeks to, and ends with its window', async ({
  world,
  browser,
}) => {
  const tracker = await world.startTracker();
  const ana = await world.startPeer('ana', tracker.ready.url);
  await runEnxame(['register', 'Ana', '--data', world.path('ana-data')]);
  const rafael = await world.startPeer('rafael', tracker.ready.url);
  const name = 'ondas do mar.wav';
  const seconds = 240;
  await writeFile(world.path(name), makeWav(seconds));
  await runEnxame(['share', world.path(name), '--data', world.path('ana-data')]);
  // Half a minute and more for all of it: whatever plays soon, plays before the rest is here.
  await runEnxame(['limits', '--receive', '1MB/s', '--data', world.path('rafael-data')]);
  const { page, register } = await openApp(browser, rafael);
  await register('Rafael');
  await page.getByRole('row', { name }).click();
  await page.getByRole('complementary').getByRole('button', { name: 'Download and preview' }).click();

  const player = preview(page).getByLabel(`Player: ${name}`);
  const time = (): Promise<number> => player.evaluate((media: HTMLMediaElement) => media.currentTime);
  const isPlayed = (from: number): Promise<void> => expect.poll(time).toBeGreaterThan(from);
  const isComing = preview(page).getByRole('status');
  await isPlayed(0.3);
  await expect(isComing).toContainText('of it is here');
  const seekTo = seconds - 20;
  await player.evaluate((media: HTMLMediaElement, to) => {
    media.currentTime = to;
  }, seekTo);
  // In the order of the file this would be here when all is.
  await isPlayed(seekTo + 0.3);
  await expect(isComing).toContainText('of it is here');

  await closePreview(page);
  await expect(player).toHaveCount(0);
  await runEnxame(['limits', '--receive', 'off', '--data', world.path('rafael-data')]);
  await expect(page.getByRole('complementary').getByText('Show in folder').first()).toBeVisible();
  expect(await ana.stop()).toBe(0); // nobody is needed for what is here
  await openPreview(page, name);
  await isPlayed(0.3);
  await expect(isComing).toHaveCount(0);
});

test('what one shares is looked at, and nothing of it runs', async ({ world, browser }) => {
  const tracker = await world.startTracker();
  const ana = await world.startPeer('ana', tracker.ready.url);
  await runEnxame(['register', 'Ana', '--data', world.path('ana-data')]);
  const hostile = '<script>document.title = "hacked"</script><img src=x onerror="document.title=1"> שלום ação';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><script>document.title="hacked"</script></svg>`;
  const picture = 'תמונה של הים.png';
  const files: Readonly<Record<string, Buffer | string>> = {
    [picture]: makePng(40, 30),
    'page.html': hostile,
    'drawing.svg': svg,
    'paper.pdf': pdf,
    'broken.png': 'this is no picture',
  };
  for (const [name, bytes] of Object.entries(files)) await writeFile(world.path(name), bytes);
  await runEnxame(['share', ...Object.keys(files).map((name) => world.path(name)), '--data', world.path('ana-data')]);
  const { page } = await openApp(browser, ana);

  await openPreview(page, picture);
  const image = preview(page).getByRole('img', { name: `Picture: ${picture}` });
  await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(40);
  await expect(preview(page).getByRole('heading')).toHaveAttribute('dir', 'auto');
  await closePreview(page);

  await openPreview(page, 'page.html');
  await expect(preview(page).getByRole('region', { name: 'Text of page.html' })).toHaveText(hostile);
  await closePreview(page);

  await openPreview(page, 'drawing.svg');
  const drawing = preview(page).getByRole('img', { name: 'Picture: drawing.svg' });
  await expect.poll(() => drawing.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(30);
  // By itself, too: a document without scripts.
  const alone = await page.context().newPage();
  await alone.goto(await drawing.evaluate((element: HTMLImageElement) => element.src));
  expect(await alone.locator('svg').count()).toBe(1);
  expect(await alone.title()).toBe('');
  await alone.close();
  await closePreview(page);

  await openPreview(page, 'broken.png');
  await expect(preview(page).getByText('This file cannot be shown here')).toBeVisible();
  await closePreview(page);

  await openPreview(page, 'paper.pdf');
  const hasViewer = await page.evaluate(() => navigator.pdfViewerEnabled);
  if (hasViewer) await expect(preview(page).locator('iframe')).toHaveAttribute('src', /^\/preview\//);
  else await expect(preview(page).getByRole('link', { name: 'Open in a new tab' })).toBeVisible();
  await closePreview(page);
  await expect(page).toHaveTitle('Enxame');
});

test('a file in a folder is looked at, once the folder is here', async ({ world, browser }) => {
  const tracker = await world.startTracker();
  const ana = await world.startPeer('ana', tracker.ready.url);
  await runEnxame(['register', 'Ana', '--data', world.path('ana-data')]);
  const rafael = await world.startPeer('rafael', tracker.ready.url);
  const album = world.path('álbum');
  await mkdir(join(album, 'praia'), { recursive: true });
  await writeFile(join(album, 'praia', 'onda.png'), makePng(50, 20));
  await writeFile(join(album, 'leia.txt'), 'mar e sal');
  await writeFile(join(album, 'grande.wav'), makeWav(20));
  await runEnxame(['share', album, '--data', world.path('ana-data')]);
  const { page, register, download, sawVerified } = await openApp(browser, rafael);
  await register('Rafael');
  await download('álbum');
  await sawVerified('álbum');
  expect(await ana.stop()).toBe(0); // nobody is needed for what is here
  await page.getByRole('link', { name: /^Files/ }).click();
  await page.getByRole('row', { name: 'álbum' }).click();
  const inside = page.getByRole('complementary').getByRole('list', { name: 'In this folder' });
  await inside.getByRole('button', { name: 'Preview leia.txt' }).click();
  await expect(preview(page).getByRole('region', { name: 'Text of leia.txt' })).toHaveText('mar e sal');
  await closePreview(page);
  await inside.getByRole('button', { name: 'Preview onda.png' }).click();
  const image = preview(page).getByRole('img', { name: 'Picture: onda.png' });
  await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(50);
  await closePreview(page);
  await inside.getByRole('button', { name: 'Preview grande.wav' }).click();
  const player = preview(page).getByLabel('Player: grande.wav');
  await expect.poll(() => player.evaluate((media: HTMLMediaElement) => media.duration)).toBeGreaterThan(19);
});

/** What browsers film in, and what most cameras write; the first that this browser films. */
const films: Readonly<Record<string, readonly string[]>> = {
  webm: ['video/webm'],
  mp4: ['video/mp4;codecs=avc1.42E01E', 'video/mp4;codecs=vp09.00.10.08', 'video/mp4'],
};

for (const [extension, types] of Object.entries(films)) {
  test(`a film plays and is sought in: ${extension}`, async ({ world, browser }) => {
    const tracker = await world.startTracker();
    const ana = await world.startPeer('ana', tracker.ready.url);
    await runEnxame(['register', 'Ana', '--data', world.path('ana-data')]);
    const { page } = await openApp(browser, ana);
    const mimeType = await page.evaluate((all) => all.find((type) => MediaRecorder.isTypeSupported(type)), types);
    test.skip(mimeType === undefined, `this browser films no ${extension}`);
    const name = `onda.${extension}`;
    await writeFile(world.path(name), Buffer.from(await page.evaluate(film, mimeType ?? ''), 'base64'));
    await runEnxame(['share', world.path(name), '--data', world.path('ana-data')]);
    await openPreview(page, name);
    const player = preview(page).getByLabel(`Player: ${name}`);
    await expect.poll(() => player.evaluate((media: HTMLVideoElement) => media.videoWidth)).toBe(64);
    await expect.poll(() => player.evaluate((media: HTMLVideoElement) => media.currentTime)).toBeGreaterThan(0.1);
    await player.evaluate((media: HTMLVideoElement) => {
      media.currentTime = 0;
      return media.play();
    });
    await expect.poll(() => player.evaluate((media: HTMLVideoElement) => media.ended)).toBe(true);
  });
}

/** Runs in the page: films for a second, by the browser itself. Resolves with the file in base64. */
function film(mimeType: string): Promise<string> {
  return new Promise((resolve) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [64, 48];
    const context = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType });
    let frames = 0;
    const draw = (): void => {
      if (context) context.fillStyle = `rgb(${String((frames * 7) % 256)}, 90, 40)`;
      context?.fillRect(0, 0, 64, 48);
      if (++frames < 40) requestAnimationFrame(draw);
      else recorder.stop();
    };
    recorder.ondataavailable = ({ data }) => {
      void data.arrayBuffer().then((bytes) => {
        resolve(btoa(String.fromCharCode(...new Uint8Array(bytes))));
      });
    };
    recorder.start();
    draw();
  });
}
