import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trackerIdSchema, type TrackerId } from '@enxame/shared/ids';
import { z } from 'zod';
import { buildProgram } from './spawn-program.js';
import { startTestTracker } from './test-tracker.js';
import { unlimitedLimits } from './unlimited-limits.js';

/** What the tracker has of memory after a collection, and the first that it logged above `info`. */
const measureSchema = z.object({ heapBytes: z.number(), rssBytes: z.number(), logged: z.string().nullable() });
export type FuzzMeasure = z.infer<typeof measureSchema>;

/** A tracker without limits that messages are sent to. */
export interface FuzzTarget {
  readonly url: string;
  readonly trackerId: TrackerId;
  /** Throws when it ended. */
  measure(): Promise<FuzzMeasure>;
  close(): Promise<void>;
}

/** In this process: begun at once. Its memory is that of the clients, too. */
export async function fuzzHere(): Promise<FuzzTarget> {
  const net = await startTestTracker({ limits: unlimitedLimits });
  const { url, trackerId } = net.tracker;
  return {
    url,
    trackerId,
    measure: () => {
      const { heapUsed, rss } = process.memoryUsage();
      const [first] = net.logged;
      return Promise.resolve({ heapBytes: heapUsed, rssBytes: rss, logged: first ? JSON.stringify(first) : null });
    },
    close: () => net.close(),
  };
}

/** A process of its own. */
export async function fuzzProgram(): Promise<FuzzTarget> {
  const folder = await mkdtemp(join(tmpdir(), 'enxame-fuzz-'));
  const program = await buildProgram('test-kit/fuzz-tracker.ts');
  const running = await program.start([folder]);
  const { url, trackerId } = JSON.parse(running.firstLine) as { url: string; trackerId: string };
  return {
    url,
    trackerId: trackerIdSchema.parse(trackerId),
    measure: async () => measureSchema.parse(await running.ask('measure')),
    close: async () => {
      await program.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
