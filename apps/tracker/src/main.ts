import { runTracker } from './program.js';

// The one file that touches the process: signals in, exit code out.
const stop = new AbortController();
const hurry = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) hurry.abort();
    stop.abort();
  });
}
// Started by another program (`enxame tracker`, `npm start`): when that one dies, nobody is left to stop this one.
process.on('disconnect', () => {
  stop.abort();
  hurry.abort();
});

process.exitCode = await runTracker({
  args: process.argv.slice(2),
  environment: process.env,
  platform: process.platform,
  print: (line) => {
    process.stdout.write(`${line}\n`);
  },
  stop: stop.signal,
  hurry: hurry.signal,
  catalogueWorkerUrl: new URL('./store/catalogue-worker.js', import.meta.url),
});
if (process.connected) process.disconnect(); // the channel would keep the process alive
