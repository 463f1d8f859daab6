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
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
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
