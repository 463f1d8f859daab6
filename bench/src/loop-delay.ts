import { monitorEventLoopDelay } from 'node:perf_hooks';

// Loaded into the tracker's process before the tracker (node --import): tells, when asked over IPC, for how long the
// event loop was held at most since it was asked before, and how much memory objects take.

const resolutionMs = 2;
const delays = monitorEventLoopDelay({ resolution: resolutionMs });
delays.enable();

process.on('message', (message: { readonly loop?: true }) => {
  if (!message.loop) return;
  const held = {
    maxMs: Math.max(0, delays.max / 1e6 - resolutionMs),
    p99Ms: Math.max(0, delays.percentile(99) / 1e6 - resolutionMs),
  };
  delays.reset();
  process.send?.({ held, heapMib: process.memoryUsage().heapUsed / 2 ** 20 });
});
process.channel?.unref();
