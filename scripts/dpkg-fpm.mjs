#!/usr/bin/env node
// Packs a .deb with dpkg-deb, called as electron-builder calls fpm, which it would have to download:
//   CUSTOM_FPM_PATH=$PWD/scripts/dpkg-fpm.mjs npx electron-builder --linux deb
// Knows the arguments that electron-builder gives for a folder that becomes a .deb, and refuses every other.

import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const text = { type: 'string' };
const list = { type: 'string', multiple: true, default: [] };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    source: { ...text, short: 's' },
    target: { ...text, short: 't' },
    depends: { ...list, short: 'd' },
    force: { type: 'boolean' },
    'deb-recommends': list,
    'deb-compression': { ...text, default: 'xz' },
    'deb-priority': { ...text, default: 'optional' },
    category: { ...text, default: 'net' },
    ...Object.fromEntries(
      ['architecture', 'after-install', 'after-remove', 'description', 'version', 'package', 'name']
        .concat(['maintainer', 'vendor', 'url', 'license'])
        .map((name) => [name, text]),
    ),
  },
});
/** fpm's names, and those of dpkg-deb. */
const compressions = { none: 'none', gz: 'gzip', xz: 'xz', zst: 'zstd' };
if (!Object.hasOwn(compressions, values['deb-compression'])) throw new Error('a compression that is not known');
if (values.source !== 'dir' || values.target !== 'deb') throw new Error('only a folder, and only to a .deb');

const root = await mkdtemp(join(tmpdir(), 'enxame-deb-'));
await chmod(root, 0o755); // it becomes the root of the system that this is installed on
try {
  for (const mapping of positionals) {
    const [from, to] = splitOnce(mapping, '=');
    const target = join(root, to);
    await mkdir(dirname(target), { recursive: true });
    await cp(from, target, { recursive: true, verbatimSymlinks: true });
  }
  const control = join(root, 'DEBIAN');
  const bytes = await sizeOf(root);
  await mkdir(control);
  await writeFile(join(control, 'control'), toControl(bytes));
  for (const [script, option] of [
    ['postinst', 'after-install'],
    ['postrm', 'after-remove'],
  ]) {
    if (values[option] === undefined) continue;
    await cp(values[option], join(control, script));
    await chmod(join(control, script), 0o755);
  }
  const options = ['--root-owner-group', `-Z${compressions[values['deb-compression']]}`];
  execFileSync('dpkg-deb', [...options, '--build', root, values.package], { stdio: 'inherit' });
} finally {
  await rm(root, { recursive: true, force: true });
}

/** deb-control(5): a field may be empty in no line; the description's first line is the synopsis, the rest is indented. */
function toControl(bytes) {
  const [synopsis = '', ...rest] = values.description.trim().split('\n');
  const fields = {
    Package: values.name,
    Version: values.version,
    Architecture: values.architecture,
    Maintainer: values.maintainer,
    'Installed-Size': String(Math.ceil(bytes / 1024)),
    Depends: values.depends.join(', '),
    Recommends: values['deb-recommends'].join(', '),
    Section: values.category,
    Priority: values['deb-priority'],
    Homepage: values.url,
    Description: [synopsis, ...rest.map((line) => ` ${line.trim() || '.'}`)].join('\n'),
  };
  return Object.entries(fields)
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

async function sizeOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function splitOnce(whole, mark) {
  const at = whole.lastIndexOf(mark);
  return [whole.slice(0, at), whole.slice(at + 1)];
}
