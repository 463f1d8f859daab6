/** A tracker that counts nothing against anybody, as a program of its own: what it takes of memory is its own. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pino } from 'pino';
import { systemClock } from '../system-clock.js';
import { createTracker } from '../tracker.js';
import { unlimitedLimits } from './unlimited-limits.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const [dataFolder = ''] = process.argv.slice(2);
const logged: string[] = [];
const tracker = await createTracker({
  options: { host: '127.0.0.1', port: 0, dataFolder, name: 'test network' },
  clock: systemClock,
  logger: pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) }),
  limits: unlimitedLimits,
});
process.stdout.write(`${JSON.stringify({ url: tracker.url, trackerId: tracker.trackerId })}\n`);

// Any message: how much memory there is now, and what was logged first.
process.on('message', () => {
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  process.send?.({ heapBytes: heapUsed, rssBytes: rss, logged: logged[0] ?? null });
});
process.on('disconnect', () => process.exit());
