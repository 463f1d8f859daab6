// Whether an Electron window can open here. The `electron` package comes without its runtime, which is fetched from a
// release page on first use; closed networks refuse that, and some systems cannot run it. Whoever asks gets the path of
// the program, or the reason, in one line, why there is no window.

import { readFileSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { hasDisplay } from './open-address.mjs';
import { inProject, runNode, runProgram } from './run-command.mjs';

/** Long enough for any network that lets the release page through. */
const probeMs = 3000;
/** For about 110 MB. */
const downloadMs = 240_000;
const firstRunMs = 10_000;
/** After a download that failed, starting must stay fast: it is not tried again for so long. */
const retryAfterMs = 60 * 60 * 1000;

/**
 * @returns {Promise<{ path: string, reason?: undefined } | { path?: undefined, reason: string }>}
 * @param {Partial<ReturnType<typeof thisSystem>>} [given] another system, for tests
 */
export async function findElectron(given = {}) {
  const system = { ...thisSystem(), ...given };
  if (!hasDisplay(system.env, system.platform)) return { reason: 'there is no display.' };
  if (system.platform === 'linux' && system.isRoot) return { reason: 'Electron does not run as root.' };
  let path = await system.installedPath();
  if (path === undefined) {
    const refusal = await fetchRuntime(system);
    if (refusal !== undefined) return { reason: refusal };
    path = await system.installedPath();
    if (path === undefined) return { reason: 'Electron was fetched, but its program is not there.' };
  }
  if (system.platform === 'linux' && (await system.forbidsSandbox(path))) {
    return { reason: 'this system allows the sandbox of Electron to installed programs only (AppArmor).' };
  }
  const { code, output } = await system.run(path, ['--version'], { capture: true, timeoutMs: firstRunMs });
  return code === 0
    ? { path }
    : { reason: `Electron does not start here: ${firstLine(output) || `exit code ${code}`}` };
}

/** Undefined when the runtime was fetched, else why it was not. */
async function fetchRuntime(system) {
  const failedAt = await system.lastFailure();
  if (failedAt !== undefined && system.now() - failedAt < retryAfterMs) {
    return 'the Electron runtime could not be fetched (tried less than an hour ago).';
  }
  const refusal = await tryFetch(system);
  if (refusal !== undefined) await system.keepFailure(system.now());
  return refusal;
}

async function tryFetch(system) {
  const failure = await system.probe(AbortSignal.timeout(probeMs));
  if (failure !== undefined) return `the Electron runtime cannot be fetched: ${failure}`;
  system.say('Fetching the Electron runtime (about 110 MB, once).');
  const { code, output } = await system.install({ capture: true, timeoutMs: downloadMs });
  return code === 0
    ? undefined
    : `the Electron runtime could not be fetched: ${firstLine(output) || `exit code ${code}`}`;
}

/** What is asked of this computer, one function each. */
function thisSystem() {
  const manifest = createRequire(inProject('apps/desktop/package.json')).resolve('electron/package.json');
  const folder = dirname(manifest);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  const note = inProject('.cache/electron-fetch-failed');
  return {
    env: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    now: () => Date.now(),
    say: (text) => console.error(text),
    run: runProgram,
    install: (options) => runNode([join(folder, 'install.js')], options),
    /** The program, if it is there and of the version that the package asks for. */
    installedPath: async () => {
      const [program, found] = await Promise.all([
        readText(join(folder, 'path.txt')),
        readText(join(folder, 'dist/version')),
      ]);
      const path = program && join(folder, 'dist', program);
      const isThere = path && found?.replace(/^v/, '').trim() === version && (await stat(path).catch(missing));
      return isThere ? path : undefined;
    },
    /** Undefined when the release page answers, else why not. */
    probe: async (signal) => {
      const mirror = process.env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/download/';
      const url = `${mirror}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`;
      try {
        const { status } = await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
        return status < 400 ? undefined : `the release page answers ${status}.`;
      } catch (error) {
        return error.name === 'TimeoutError'
          ? 'the release page does not answer.'
          : 'the release page cannot be reached.';
      }
    },
    lastFailure: async () => {
      const text = await readText(note);
      return text === undefined ? undefined : Number(text);
    },
    keepFailure: async (at) => {
      await mkdir(dirname(note), { recursive: true });
      await writeFile(note, String(at));
    },
    /** Ubuntu 24.04 and later: no user namespaces for programs without a profile, unless the old helper is set up. */
    forbidsSandbox: async (path) => {
      const restricted = (await readText('/proc/sys/kernel/apparmor_restrict_unprivileged_userns'))?.trim() === '1';
      if (!restricted) return false;
      const helper = await stat(join(dirname(path), 'chrome-sandbox')).catch(missing);
      return !(helper && helper.uid === 0 && (helper.mode & 0o4000) !== 0);
    },
  };
}

async function readText(path) {
  return readFile(path, 'utf8').catch(missing);
}

function missing(error) {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}

function firstLine(text) {
  return text.split('\n', 1)[0].trim().slice(0, 160);
}
