import { runTracker } from './program.js';

// The one file that touches the process: signals in, exit code out.
const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    stop.abort();
  });
}

process.exitCode = await runTracker({
  args: process.argv.slice(2),
  environment: process.env,
  platform: process.platform,
  print: (line) => {
    process.stdout.write(`${line}\n`);
  },
  stop: stop.signal,
});
