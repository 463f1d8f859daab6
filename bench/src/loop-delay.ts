import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createLoopWatch } from './loop-watch.js';

// Loaded into the tracker's process before the tracker (node --import): tells, when asked over IPC, for how long the
// event loop was held at most since it was asked before (what the machine withheld is taken off, where it says so), and
// how much memory objects take.

const resolutionMs = 2;
const delays = monitorEventLoopDelay({ resolution: resolutionMs });
delays.enable();
const watch = createLoopWatch();

process.on('message', (message: { readonly loop?: true }) => {
  if (!message.loop) return;
  const held = {
    maxMs: watch.takeMaxMs(),
    p99Ms: Math.max(0, delays.percentile(99) / 1e6 - resolutionMs),
  };
  delays.reset();
  process.send?.({ held, heapMib: process.memoryUsage().heapUsed / 2 ** 20 });
});
process.channel?.unref();
