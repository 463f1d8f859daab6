// npm start [-- --port N] [--tracker-port N] [--browser] [--no-open]: a tracker on this computer and the app, pointed at it.
// Data is kept where the system keeps that of programs; ENXAME_HOME puts it elsewhere.

import { homedir } from 'node:os';
import { parseArgs } from 'node:util';
import { findElectron } from './electron-runtime.mjs';
import { hasDisplay, openAddress } from './open-address.mjs';
import { inProject } from './run-command.mjs';
import { createPrograms } from './running-programs.mjs';
import { runScript, setUp, SetupError } from './setup.mjs';

const say = (line) => process.stdout.write(`${line}\n`);

await runScript(async () => {
  const { values: flags } = parseArgs({
    options: {
      port: { type: 'string' },
      'tracker-port': { type: 'string' },
      browser: { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
    },
  });
  const stop = listenForStop();
  await setUp();
  const programs = createPrograms();
  try {
    return await run({ flags, programs, stop });
  } finally {
    await programs.stop();
  }
});

async function run({ flags, programs, stop }) {
  const { defaultFolders } = await import('../apps/cli/dist/default-folders.js');
  const { trackerPort } = await import('../packages/shared/dist/tracker/hello.js');
  const folders = defaultFolders(process.env, process.platform, homedir());

  const tracker = programs.start({
    name: 'tracker',
    args: [
      inProject('apps/tracker/dist/main.js'),
      '--json',
      `--log-level=${process.env.ENXAME_LOG_LEVEL ?? 'warn'}`,
      `--data=${folders.tracker}`,
      ...portFlag(flags['tracker-port']),
    ],
  });
  const trackerReady = await Promise.race([tracker.firstLine, stop]);
  if (trackerReady === 'stop') return 0;
  if (!trackerReady?.ready)
    throw new SetupError(
      describeTrackerFailure(trackerReady?.error, folders.tracker, flags['tracker-port'] ?? trackerPort),
    );
  say(`Tracker: ${[trackerReady.url, ...(trackerReady.lan ?? [])].join('  ')}`);

  const app = await startApp({ flags, programs, stop, trackerUrl: trackerReady.url, folders });
  if (app === 'stop') return 0;
  say('Ctrl-C stops everything.');
  const ended = await Promise.race([
    stop,
    ...[tracker, app].map(async ({ name, exited }) => ({ name, code: await exited })),
  ]);
  if (ended === 'stop') return 0;
  if (ended.name === 'window' && ended.code === 0) return 0; // the person closed it
  throw new SetupError(`The ${ended.name} ended by itself (exit code ${ended.code}).`);
}

async function startApp({ flags, programs, stop, trackerUrl, folders }) {
  const electron = flags.browser ? { reason: 'the browser was asked for.' } : await findElectron();
  if (electron.path !== undefined) {
    const env = { ENXAME_SUGGESTED_TRACKER: trackerUrl, ENXAME_DATA: folders.engine };
    say('Opening the window.');
    return programs.start({ name: 'window', program: electron.path, args: [inProject('apps/desktop')], env });
  }
  say(`No window: ${electron.reason}`);
  const serve = programs.start({
    name: 'engine',
    args: [inProject('apps/cli/bin/enxame.mjs'), 'serve', '--json', '--tracker', trackerUrl, ...portFlag(flags.port)],
  });
  const ready = await Promise.race([serve.firstLine, stop]);
  if (ready === 'stop') return 'stop';
  if (!ready?.ready) throw new SetupError(ready?.error?.message ?? 'The engine did not start.');
  const opened = !flags['no-open'] && hasDisplay(process.env, process.platform) && (await openAddress(ready.url));
  say(opened ? `Opened in the browser: ${ready.url}` : `Open in a browser: ${ready.url}`);
  return serve;
}

function portFlag(port) {
  return port === undefined ? [] : [`--port=${port}`];
}

function describeTrackerFailure(error, folder, port) {
  if (error?.code === 'data-folder-locked') {
    return `The tracker of this computer is already running, with the data in ${folder}: another “npm start”? Stop it first.`;
  }
  if (error?.code === 'port-taken') {
    // Its own sentence speaks of --port, which is the interface's here.
    return `The tracker cannot start: port ${port} is used by another program. Stop that program, or choose another port: npm start -- --tracker-port N`;
  }
  return `The tracker cannot start. ${error?.message ?? 'It said nothing.'}`;
}

/**
 * Resolves to 'stop' at the first signal. Ctrl-C reaches every process of the terminal, npm hands it on, and more may
 * come: what has begun to end is not broken off.
 */
function listenForStop() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve('stop'));
  });
}
