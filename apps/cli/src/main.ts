import { homedir } from 'node:os';
import { createEngineDoor } from './engine/engine-door.js';
import { runCli } from './run-cli.js';
import { createTerminal } from './terminal.js';

/** What is under way gets this long to end well. */
const stopTimeoutMs = 20_000;

// The one file that touches the process: signals in, exit code out.
const stop = new AbortController();
// Ctrl-C in a terminal reaches every process of its group, and whoever started this one passes it on: the same signal
// comes twice, and must not break off the ending that the first one began.
// A parent that has a channel to this process (`npm start`) and dies leaves nobody who would stop it: `disconnect`.
for (const event of ['SIGTERM', 'SIGINT', 'SIGHUP', 'disconnect'] as const) {
  process.on(event, () => {
    if (stop.signal.aborted) return;
    stop.abort();
    setTimeout(() => process.exit(1), stopTimeoutMs).unref();
  });
}
// `enxame ls | head` closes the pipe early: nothing more to say, and no reason to fail.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runCli({
  args: process.argv.slice(2),
  environment: process.env,
  platform: process.platform,
  homeFolder: homedir(),
  workingFolder: process.cwd(),
  terminal: createTerminal(process),
  stop: stop.signal,
  createEngineDoor,
});
if (process.connected) process.disconnect(); // the channel would keep the process alive
