// What a package of the desktop app contains, looked at without an Electron runtime: electron-builder is given a folder
// that stands in for one, and scripts/dpkg-fpm.mjs in place of the fpm that it would download. Then the engine that was
// packaged is run, by Node, from what was packaged and nothing else.

import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDesktop } from '../apps/desktop/build.mjs';
import { inProject, runNode } from './run-command.mjs';

/** Marks the fuses in a binary of Electron: then their version, how many there are, and one digit each. */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const blake = `@napi-rs/blake-hash-${process.platform}-${process.arch}`;

// The stand-in has the layout of Linux; the other systems differ in where the runtime lies, not in what is packaged.
describe.runIf(process.platform === 'linux')('the package', () => {
  let folder;
  let resources;
  let packed;
  const children = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'enxame-package-'));
    await buildDesktop();
    await createRuntimeStandIn(join(folder, 'runtime'));
    const builder = inProject('node_modules/electron-builder/cli.js');
    const options = [`-c.electronDist=${join(folder, 'runtime')}`, `-c.directories.output=${join(folder, 'out')}`];
    const env = { CUSTOM_FPM_PATH: inProject('scripts/dpkg-fpm.mjs') };
    const args = [builder, '--linux', 'deb', ...options];
    const { code, output } = await runNode(args, { capture: true, env });
    if (code !== 0) throw new Error(`electron-builder ended with ${code}:\n${output}`);
    resources = join(folder, 'out', 'linux-unpacked', 'resources');
    packed = listPackage(join(resources, 'app.asar')).map((path) => path.replaceAll('\\', '/'));
  }, 180_000);
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('contains main, preload, engine process, its worker, and the page', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/out/main/main.js',
        '/out/preload/preload.cjs',
        '/out/engine-process/engine-process.js',
        '/out/engine-process/hash-worker.js',
        '/out/engine-process/folder-worker.js',
        '/out/engine-process/sealing-worker.js',
        '/out/renderer/index.html',
        '/node_modules/@napi-rs/blake-hash/index.js',
      ]),
    );
    expect(packed.filter((path) => /^\/out\/renderer\/assets\/.*\.(js|css|woff2)$/.test(path)).length).toBeGreaterThan(
      5,
    );
  });

  it('contains the icons beside the clock, each in both sizes', () => {
    const icons = packed.filter((path) => path.startsWith('/out/main/tray/'));
    for (const state of ['idle', 'moving', 'paused', 'attention', 'offline']) {
      for (const variant of ['Template', '-dark', '-light']) {
        for (const scale of ['', '@2x']) expect(icons).toContain(`/out/main/tray/tray-${state}${variant}${scale}.png`);
      }
    }
    expect(icons).toHaveLength(30);
  });

  it('contains no sources, tests, maps, types, stamps, nor a package that was bundled or only builds', () => {
    expect(
      packed.filter((path) => /\.(ts|tsx|map|test\..*|stamp)$|^\/src|^\/out\/types|tsconfig|vite\.config/.test(path)),
    ).toEqual([]);
    const folders = packed
      .map((path) => /^\/node_modules\/((@[^/]+\/)?[^/]+)/.exec(path)?.[1])
      .filter((name) => name?.includes('/'));
    expect([...new Set(folders)].sort()).toEqual(['@napi-rs/blake-hash', `${blake}-gnu`]);
    expect(packed.filter((path) => /^\/node_modules\/[^@/]/.test(path))).toEqual([]);
    expect([...new Set(packed.map((path) => path.split('/')[1]))].sort()).toEqual([
      'node_modules',
      'out',
      'package.json',
    ]);
  });

  it('keeps native files outside the archive, where the system can load them', async () => {
    const unpacked = await readdir(join(resources, 'app.asar.unpacked', 'node_modules', `${blake}-gnu`));
    expect(unpacked.filter((name) => name.endsWith('.node'))).toHaveLength(1);
  });

  it('starts by the main file of its package.json, with no script or tool left in it', async () => {
    const app = await unpack(resources, join(folder, 'manifest'));
    const manifest = JSON.parse(await readFile(join(app, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      main: 'out/main/main.js',
      type: 'module',
      dependencies: { '@napi-rs/blake-hash': '1.3.4' },
    });
    expect(manifest.devDependencies).toBeUndefined();
  });

  it('has a main that loads, and leaves to the program that runs already', async () => {
    const app = await unpack(resources, join(folder, 'main'));
    const electron = join(app, 'node_modules', 'electron');
    await mkdir(electron, { recursive: true });
    await writeFile(join(electron, 'package.json'), '{"type":"module","main":"index.js"}');
    await writeFile(join(electron, 'index.js'), electronOfSecondStart);
    const output = execFileSync(process.execPath, [join(app, 'out/main/main.js'), 'foto.jpg'], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect(JSON.parse(output)).toEqual({ asked: { args: ['foto.jpg'], folder: await realpath(folder) }, quit: true });
  });

  it('finds no newer versions by itself: it names no server', async () => {
    expect(await readdir(resources)).not.toContain('app-update.yml');
  });

  it('has a runtime that runs this app only: the fuses are set', async () => {
    const binary = await readFile(join(folder, 'out', 'linux-unpacked', 'enxame-desktop'), 'latin1');
    const fuses = binary.slice(binary.indexOf(fuseMark) + fuseMark.length + 2);
    // runAsNode, cookieEncryption, NODE_OPTIONS, --inspect, asar integrity, only from asar, V8 snapshot, file: privileges.
    expect(fuses.slice(0, 8)).toBe('00001100');
  });

  describe('as a .deb', () => {
    let deb;
    const dpkg = (...args) => execFileSync('dpkg-deb', args, { encoding: 'utf8' });

    beforeAll(async () => {
      const names = (await readdir(join(folder, 'out'))).filter((name) => name.endsWith('.deb'));
      expect(names).toHaveLength(1);
      deb = join(folder, 'out', names[0]);
      dpkg('--raw-extract', deb, join(folder, 'deb'));
    });

    it('says what it is and what it needs', () => {
      const field = (name) => dpkg('--field', deb, name).trim();
      expect([field('Package'), field('Version'), field('Section')]).toEqual(['enxame-desktop', '0.1.0', 'net']);
      expect(field('Depends')).toContain('libgtk-3-0');
      expect(field('Recommends')).toContain('dbus-bin');
      expect(field('Description').split('\n')[0]).toBe('Share files with people you know');
      expect(Number(field('Installed-Size'))).toBeGreaterThan(1000);
    });

    it('puts the program, its icons and its entry where desktops look, owned by root', () => {
      const lines = dpkg('--contents', deb).trim().split('\n');
      expect(lines.filter((line) => !/^\S+ root\/root /.test(line))).toEqual([]);
      expect(lines.filter((line) => line.startsWith('d') && !line.startsWith('drwxr-xr-x'))).toEqual([]);
      const paths = lines.map((line) => line.split(' ./').at(-1));
      expect(paths).toEqual(
        expect.arrayContaining([
          'opt/Enxame/enxame-desktop',
          'opt/Enxame/resources/app.asar',
          'usr/share/applications/enxame-desktop.desktop',
          ...[16, 32, 48, 64, 128, 256, 512].map(
            (size) => `usr/share/icons/hicolor/${size}x${size}/apps/enxame-desktop.png`,
          ),
        ]),
      );
    });

    it('has an entry that opens links and files, in both languages', async () => {
      const text = await readFile(join(folder, 'deb/usr/share/applications/enxame-desktop.desktop'), 'utf8');
      const [head, ...lines] = text.trim().split('\n');
      const entry = Object.fromEntries(lines.map((line) => /^([^=]+)=(.*)$/.exec(line).slice(1)));
      expect(head).toBe('[Desktop Entry]');
      expect(entry).toMatchObject({
        Name: 'Enxame',
        Type: 'Application',
        Exec: '/opt/Enxame/enxame-desktop %U',
        Icon: 'enxame-desktop',
        Terminal: 'false',
        StartupWMClass: 'enxame-desktop',
        MimeType: 'application/octet-stream;x-scheme-handler/enxame;',
        Categories: 'Network;FileTransfer;P2P;',
        Comment: 'Share files from computer to computer with people you know',
      });
      expect(entry['Comment[pt_BR]']).toMatch(/^Compartilhe/);
      expect(entry['Keywords[pt_BR]']).toContain('arquivos;');
    });

    it('sets up the sandbox of Chromium, and takes back what it set up', async () => {
      const script = (name) => readFile(join(folder, 'deb/DEBIAN', name), 'utf8');
      expect(await script('postinst')).toContain("'/opt/Enxame/chrome-sandbox'");
      expect(await script('postrm')).toContain('enxame-desktop');
    });
  });

  it('has an engine that runs from the package alone, and hashes in its worker', async () => {
    const app = await unpack(resources, join(folder, 'engine'));
    const shared = join(folder, 'shared.bin');
    await writeFile(shared, Buffer.alloc(3_000_000, 7));
    const options = {
      dataFolder: join(folder, 'data'),
      downloadsFolder: join(folder, 'downloads'),
      version: '0',
      logLevel: 'silent',
    };
    const host = join(folder, 'host.mjs');
    await writeFile(host, parentPortHost);
    const child = fork(join(app, 'out/engine-process/engine-process.js'), [JSON.stringify(options)], {
      cwd: folder,
      execArgv: ['--import', host],
    });
    children.push(child);
    const frames = [];
    child.on('message', (message) => frames.push(message));
    const next = async (matches) => {
      for (;;) {
        const found = frames.find(matches);
        if (found) return found;
        await once(child, 'message', { signal: AbortSignal.timeout(30_000) });
      }
    };
    expect(await next(({ parent }) => parent?.type === 'ready')).toEqual({ parent: { type: 'ready' } });
    child.send({ frame: JSON.stringify({ id: 1, call: 'status:get', payload: {} }) });
    expect(await next(({ frame }) => frame?.id === 1)).toMatchObject({ frame: { answer: { ok: true } } });
    child.send({ frame: JSON.stringify({ id: 2, call: 'share:add', payload: { paths: [shared] } }) });
    const { frame } = await next((message) => message.frame?.id === 2);
    expect(frame.answer).toMatchObject({
      ok: true,
      reply: { refused: [], shares: [{ name: 'shared.bin', size: 3_000_000 }] },
    });
    expect(frame.answer.reply.shares[0].contentId).toMatch(/^[a-z2-7]{52}$/);
    const exit = once(child, 'exit');
    child.send({ parent: { type: 'stop' } });
    expect(await exit).toEqual([0, null]);
  }, 60_000);
});

/** The `electron` of a start that is not the first. Under Node, as in development, the script is the first argument. */
const electronOfSecondStart = `
const said = {};
export const app = {
  isPackaged: false,
  getPath: () => '/nowhere',
  requestSingleInstanceLock: (asked) => (said.asked = asked, false),
  quit: () => process.stdout.write(JSON.stringify({ ...said, quit: true })),
};
`;

/** Loaded before the engine process: the `process.parentPort` that Electron gives it, over the channel of `fork`. */
const parentPortHost = `
import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
const { port1, port2 } = new MessageChannel();
port2.on('message', (text) => process.send({ frame: JSON.parse(text) }));
const queue = [{ data: { type: 'port' }, ports: [port1] }];
process.parentPort = Object.assign(new EventEmitter(), { postMessage: (message) => process.send({ parent: message }) });
process.parentPort.on('newListener', () => setImmediate(() => {
  for (const event of queue.splice(0)) process.parentPort.emit('message', event);
}));
process.on('message', ({ parent, frame }) => {
  if (frame !== undefined) port2.postMessage(frame);
  else process.parentPort.emit('message', { data: parent, ports: [] });
});
`;

/** What electron-builder needs to find in a runtime. The fuses are as Electron ships them. */
async function createRuntimeStandIn(path) {
  await mkdir(join(path, 'resources'), { recursive: true });
  await mkdir(join(path, 'locales'));
  await writeFile(join(path, 'electron'), `stand-in ${fuseMark}\u0001\u0008101100` + '01', 'latin1');
  await chmod(join(path, 'electron'), 0o755);
  for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html']) await writeFile(join(path, name), 'stand-in');
}

/** The archive and what lies beside it, as one folder. */
async function unpack(resources, into) {
  extractAll(join(resources, 'app.asar'), into);
  await cp(join(resources, 'app.asar.unpacked'), into, { recursive: true });
  return into;
}
