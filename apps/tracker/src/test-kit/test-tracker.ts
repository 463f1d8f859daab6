import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Clock } from '../domain/clock.js';
import type { TrackerLimits } from '../limits.js';
import type { AppendFile, WriteFile } from '../store/document-adapter.js';
import { systemClock } from '../system-clock.js';
import { createTracker } from '../tracker.js';
import type { Tracker, TrackerOptions } from '../tracker-options.js';
import { connectDevice, type TestDevice } from './test-device.js';
import type { TestUser } from './test-user.js';

/** A tracker on loopback with a data folder of its own. */
export interface TestTracker {
  readonly dataFolder: string;
  readonly tracker: Tracker;
  /** What it logged, one object a line. */
  readonly logged: Readonly<Record<string, unknown>>[];
  connect(user?: TestUser): Promise<TestDevice>;
  /** A connected device of a user who has this name. */
  join(name: string, user?: TestUser): Promise<TestDevice>;
  /** Stops it, and starts it again on the same folder; on the same port where one is given. */
  restart(port?: number, meanwhile?: () => Promise<void>): Promise<void>;
  /** Stops it and removes its folder. */
  close(): Promise<void>;
}

export async function startTestTracker(
  options: {
    /** One that is there; otherwise a new one. */
    readonly dataFolder?: string;
    readonly clock?: Clock;
    readonly limits?: Partial<TrackerLimits>;
    readonly writeFile?: WriteFile;
    readonly appendFile?: AppendFile;
  } & Pick<TrackerOptions, 'metrics' | 'plainHttp' | 'proxyCertificatePem' | 'trustProxy'> = {},
): Promise<TestTracker> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'enxame-tracker-')));
  const logged: Record<string, unknown>[] = [];
  const logger = pino(
    { level: 'warn' },
    { write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const start = (port = 0): Promise<Tracker> =>
    createTracker({
      options: {
        host: '127.0.0.1',
        port,
        dataFolder,
        name: 'test network',
        ...(options.metrics && { metrics: options.metrics }),
        ...(options.plainHttp !== undefined && { plainHttp: options.plainHttp }),
        ...(options.trustProxy && { trustProxy: options.trustProxy }),
        proxyCertificatePem: options.proxyCertificatePem,
      },
      clock: options.clock ?? systemClock,
      uploadWorkerUrl: new URL('../../dist/hosted/upload-worker.js', import.meta.url),
      hashWorkerUrl: new URL('../../../../packages/engine/dist/hashing/hash-worker.js', import.meta.url),
      logger,
      ...(options.limits && { limits: options.limits }),
      ...(options.writeFile && { writeFile: options.writeFile }),
      ...(options.appendFile && { appendFile: options.appendFile }),
    });
  let tracker = await start();
  const devices: TestDevice[] = [];

  async function connect(user?: TestUser): Promise<TestDevice> {
    const device = await connectDevice(tracker, user);
    devices.push(device);
    return device;
  }

  return {
    dataFolder,
    get tracker() {
      return tracker;
    },
    logged,
    connect,
    join: async (name, user) => {
      const device = await connect(user);
      await device.register(name);
      await device.open([{ host: '127.0.0.1', port: 4000 }]);
      return device;
    },
    restart: async (port, meanwhile) => {
      await tracker.close();
      await meanwhile?.();
      tracker = await start(port);
    },
    close: async () => {
      for (const device of devices) device.close();
      await tracker.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
