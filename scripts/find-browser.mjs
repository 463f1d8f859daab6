// The Chromium of the end-to-end tests: one that is here, else one that can be had.

import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { canInstall, installDebian } from './debian-packages.mjs';
import { inProject, runNode, runProgram } from './run-command.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const tryTimeoutMs = 30_000;
/** Some 120 MB; on a network that refuses it, waiting longer would not help. */
const downloadTimeoutMs = 180_000;

/**
 * Resolves to `{ env }`, what the tests must be run with, or to `{ reason }` when there is no browser to be had.
 * @param {(line: string) => void} say
 */
export async function ensureBrowser(say) {
  const given = process.env['ENXAME_CHROMIUM'];
  if (given) return (await runs(given)) ? { env: {} } : { reason: `ENXAME_CHROMIUM does not run: ${given}` };
  const found = await findOnPath();
  if (found) return { env: { ENXAME_CHROMIUM: found } };
  if (await playwrightRuns()) return { env: {} };

  const reasons = ['none on the PATH'];
  // Debian's first: it is there in half a minute, and a network that refuses Playwright's takes minutes to say so.
  let told = '';
  if (await canInstall()) {
    say("No Chromium here: installing Debian's ...");
    told = await installDebian(['chromium']);
    const installed = await findOnPath();
    if (installed) return { env: { ENXAME_CHROMIUM: installed } };
    reasons.push("Debian's could not be installed");
  } else reasons.push('no Debian package without root');

  say("No Chromium here: downloading Playwright's ...");
  const playwright = inProject('node_modules/@playwright/test/cli.js');
  const download = await runNode([playwright, 'install', '--only-shell', 'chromium'], {
    capture: true,
    timeoutMs: downloadTimeoutMs,
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '20000' },
  });
  if (download.code === 0 && (await playwrightRuns())) return { env: {} };
  reasons.push(download.code === 0 ? "Playwright's does not run here" : "Playwright's could not be downloaded");
  return { reason: `${reasons.join('; ')}\n${told}\n${download.output}` };
}

async function findOnPath() {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const path of folders.flatMap((folder) => names.map((name) => join(folder, name)))) {
    if ((await isExecutable(path)) && (await runs(path))) return path;
  }
  return undefined;
}

/** A file is not enough: libraries may be missing, and some systems have a mere signpost to their store. */
async function runs(path) {
  if (!(await isExecutable(path))) return false;
  const { code } = await runProgram(path, ['--version'], { capture: true, timeoutMs: tryTimeoutMs });
  return code === 0;
}

async function isExecutable(path) {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false; // whatever the reason, it cannot be used
  }
}

/** Only a start tells: the headless browser lies beside the other, and may lack libraries. */
async function playwrightRuns() {
  const start =
    "const { chromium } = await import('@playwright/test'); await (await chromium.launch({ args: ['--no-sandbox'] })).close();";
  const { code } = await runNode(['--input-type=module', '-e', start], { capture: true, timeoutMs: tryTimeoutMs });
  return code === 0;
}
