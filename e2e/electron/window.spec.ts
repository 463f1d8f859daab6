import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, expect, test, type ElectronApplication, type Page } from '@playwright/test';

// The real window around the real engine. It needs the runtime of Electron and a display, which are not everywhere; the
// page itself is driven in Chromium by the other projects, so what is looked at here is the shell.

interface Runtime {
  readonly path?: string;
  readonly reason?: string;
}
const fromRoot = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const { findElectron } = (await import(fromRoot('scripts/electron-runtime.mjs').href)) as {
  findElectron: () => Promise<Runtime>;
};
const runtime = await findElectron();
const appFolder = fileURLToPath(fromRoot('apps/desktop'));
const engineName = 'Enxame engine';

test.skip(runtime.path === undefined, `No Electron window here: ${runtime.reason ?? ''}`);

let folder: string;
let app: ElectronApplication;
let page: Page;

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-electron-'));
  app = await _electron.launch({
    ...(runtime.path === undefined ? {} : { executablePath: runtime.path }),
    args: [appFolder],
    env: { ...(process.env as Record<string, string>), ENXAME_DATA: join(folder, 'data') },
  });
  page = await app.firstWindow();
});
test.afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

/** The process ids of the engine: one, or none while it is being started again. */
function enginePids(): Promise<number[]> {
  return app.evaluate(
    ({ app: electronApp }, name) =>
      electronApp
        .getAppMetrics()
        .filter((metric) => metric.name === name || metric.serviceName === name)
        .map(({ pid }) => pid),
    engineName,
  );
}

async function expectFirstRun(): Promise<void> {
  await expect(page.getByRole('textbox').first()).toBeVisible();
}

test('opens on our page, with an engine behind it', async () => {
  expect(page.url()).toBe('app://enxame/index.html');
  await expect(page).toHaveTitle('Enxame');
  await expectFirstRun();
  expect(await enginePids()).toHaveLength(1);
});

test('gives the page the bridge, and neither Node nor Electron', async () => {
  const seen = await page.evaluate(() => ({
    bridge: Object.keys((window as unknown as { enxame: object }).enxame).sort(),
    leaks: ['require', 'process', 'module', 'ipcRenderer', 'Buffer'].filter((name) => name in window),
  }));
  expect(seen).toEqual({
    bridge: [
      'checkForUpdate',
      'desktopState',
      'installUpdate',
      'onMessage',
      'pathForFile',
      'pickFiles',
      'pickFolder',
      'platform',
      'showInFolder',
    ],
    leaks: [],
  });
});

test('stays on its page: no navigation, no window, no frame, no request to elsewhere', async () => {
  const opened = await page.evaluate(() => window.open('https://example.org/') === null);
  expect(opened).toBe(true);
  await page.evaluate(() => {
    location.href = 'https://example.org/';
  });
  const fetched = await page.evaluate(() =>
    fetch('https://example.org/').then(
      () => 'fetched',
      () => 'refused',
    ),
  );
  expect(fetched).toBe('refused');
  expect(page.url()).toBe('app://enxame/index.html');
  expect(app.windows()).toHaveLength(1);
});

test('has a working engine again after the engine was killed, and after the page was loaded again', async () => {
  await expectFirstRun();
  const [before] = await enginePids();
  expect(before).toBeDefined();
  process.kill(before ?? 0, 'SIGKILL');
  await expect.poll(async () => (await enginePids()).filter((pid) => pid !== before)).toHaveLength(1);
  await expectFirstRun();
  await page.reload();
  await expectFirstRun();
});
