import '@enxame/engine/small-heap';
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { createEngine } from '@enxame/engine/engine';
import type { Carrier } from '@enxame/shared/engine/carrier';
import { pino } from 'pino';
import { createLoopWatch } from './loop-watch.js';

// A program of its own: one engine in a process of its own, as in real life, that answers its calls over IPC and says
// what it used. Arguments: data folder, downloads folder.

const loopWatch = createLoopWatch();

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
      loopHeldMs: loopWatch.takeMaxMs(),
    },
  });
});
process.once('disconnect', () => void engine.close());
process.send?.({ ready: true });
