import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createEngine } from '@enxame/engine/engine';
import type { Carrier } from '@enxame/shared/engine/carrier';
import { pino } from 'pino';

// A program of its own: one engine in a process of its own, as in real life, that answers its calls over IPC and says
// what it used. Arguments: data folder, downloads folder.

/** A finer watch would itself be work. What it tells has the time between two looks in it. */
const lookEveryMs = 1;
const loopDelay = monitorEventLoopDelay({ resolution: lookEveryMs });
loopDelay.enable();

const [dataFolder = '', downloadsFolder = ''] = process.argv.slice(2);
await mkdir(downloadsFolder, { recursive: true });
const engine = await createEngine({
  dataFolder,
  downloadsFolder,
  version: `bench-${randomUUID()}`,
  logger: pino({ level: 'error' }, pino.destination(2)),
});

const carrier: Carrier = {
  send: (frame) => process.send?.({ frame }),
  onFrame: (listener) => {
    process.on('message', (message: { frame?: unknown }) => {
      if (message.frame !== undefined) listener(message.frame);
    });
  },
  onClose: (listener) => {
    process.once('disconnect', listener);
  },
  close: () => {
    process.disconnect();
  },
};
engine.accept(carrier);
process.on('message', (message: { usage?: true }) => {
  if (!message.usage) return;
  const { user, system } = process.cpuUsage();
  process.send?.({
    usage: {
      cpuSeconds: (user + system) / 1e6,
      rssMib: process.memoryUsage.rss() / 2 ** 20,
      maxRssMib: process.resourceUsage().maxRSS / 1024,
      loopHeldMs: Math.max(0, loopDelay.max / 1e6 - lookEveryMs),
    },
  });
  loopDelay.reset();
});
process.once('disconnect', () => void engine.close());
process.send?.({ ready: true });
