// Renders build/icons/icon.svg to what the installers need: PNG in the sizes of Linux, ICO, ICNS; and build/tray/*.svg to the
// icons beside the clock. Run by hand when a mark changes; the results are in the repository, so that building and
// packaging need no browser.
//   node scripts/render-icons.mjs [path of a Chromium]

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';

const folder = new URL('../build/icons/', import.meta.url);
const linuxSizes = [16, 32, 48, 64, 128, 256, 512];
const windowsSizes = [16, 32, 48, 64, 128, 256];
/** Types of ICNS entries that hold a PNG of that size. */
const appleTypes = { ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic11: 32, ic12: 64, ic13: 256, ic14: 512 };

const trayFolder = new URL('../build/tray/', import.meta.url);
/** Name and size of each variant, and the colour it is drawn in. macOS takes the shape of a "Template" and colours it. */
const trayVariants = [
  { suffix: 'Template', size: 18, color: '#000000' },
  { suffix: '-dark', size: 24, color: '#26231c' },
  { suffix: '-light', size: 24, color: '#f6f5f1' },
];

const executablePath = process.argv[2];
const browser = await chromium.launch({ args: ['--no-sandbox'], ...(executablePath && { executablePath }) });

const svg = await readFile(new URL('icon.svg', folder), 'utf8');
const sizes = new Set([...linuxSizes, ...windowsSizes, ...Object.values(appleTypes)]);
const png = new Map();
for (const size of sizes) png.set(size, await render(svg, size));
for (const size of linuxSizes) await writeFile(new URL(`${size}x${size}.png`, folder), png.get(size));
await writeFile(new URL('icon.ico', folder), toIco(windowsSizes.map((size) => ({ size, data: png.get(size) }))));
await writeFile(
  new URL('icon.icns', folder),
  toIcns(Object.entries(appleTypes).map(([type, size]) => ({ type, data: png.get(size) }))),
);

for (const name of (await readdir(trayFolder)).filter((file) => file.endsWith('.svg'))) {
  const shape = await readFile(new URL(name, trayFolder), 'utf8');
  for (const { suffix, size, color } of trayVariants) {
    const colored = shape.replaceAll('currentColor', color);
    for (const [scale, mark] of [
      [1, ''],
      [2, '@2x'],
    ]) {
      const file = name.replace(/\.svg$/, `${suffix}${mark}.png`);
      await writeFile(new URL(file, trayFolder), await render(colored, size * scale));
    }
  }
}
await browser.close();

async function render(picture, size) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${picture}`);
  const image = await page.screenshot({ omitBackground: true });
  await page.close();
  return image;
}

/** ICO: a header, an entry of 16 bytes for each image, then the images, as PNG (Windows Vista and later). */
function toIco(images) {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach(({ size, data }, index) => {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at); // 0 stands for 256
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(data.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += data.length;
  });
  return Buffer.concat([head, ...images.map(({ data }) => data)]);
}

/** ICNS: "icns" and the length of the file, then for each image its type, its length with these eight bytes, its PNG. */
function toIcns(images) {
  const entries = images.map(({ type, data }) => Buffer.concat([tagged(type, data.length + 8), data]));
  const length = entries.reduce((sum, entry) => sum + entry.length, 8);
  return Buffer.concat([tagged('icns', length), ...entries]);
}

function tagged(tag, length) {
  const head = Buffer.from(`${tag}\0\0\0\0`, 'latin1');
  head.writeUInt32BE(length, 4);
  return head;
}
