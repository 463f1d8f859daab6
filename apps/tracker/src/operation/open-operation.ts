import type { Request } from 'express';
import type { Closer } from '../closer.js';
import type { Clock } from '../domain/clock.js';
import { createClientAddresses, type ClientAddresses } from './client-addresses.js';
import { toSpreadMs, untilQuiet } from './drain.js';
import { createHttpWatch, type HttpWatch } from './http-watch.js';
import { createMetrics, type Measured, type Metrics } from './metrics.js';
import type { OperationDeps } from './operation-routes.js';
import type { Settings } from './setting-table.js';

/** What the parts of the tracker tell, for those who run it. They come after this does. */
export interface OperationParts {
  readonly isDiskHealthy: boolean;
  readonly measured: Omit<Measured, 'isReady'>;
  /** Whether the request carries the token of an administrator. */
  readonly isAdmin: (request: Request) => boolean;
  readonly checkHost: (host: string) => void;
  /** Takes nothing new over Socket.IO, and sends everybody away for a while. */
  drainSockets(toComeBackMs: () => number): Promise<void>;
}

export interface Operation {
  readonly clients: ClientAddresses;
  readonly metrics: Metrics;
  readonly httpWatch: HttpWatch;
  readonly routes: OperationDeps;
  /** Called once, when the parts are there. */
  attach(parts: OperationParts): void;
  /**
   * From now on nothing new is taken; resolves when what moves has come to its end, when `deadlineMs` have passed, or
   * when `hurry` is aborted. Closing comes after it.
   */
  readonly drain: (deadlineMs: number, hurry: AbortSignal) => Promise<'quiet' | 'deadline' | 'hurry'>;
}

/** Watching, measuring and stopping: all that is about the running of a tracker, and nothing that it is for. */
export function openOperation(
  deps: {
    readonly clock: Clock;
    readonly random: () => number;
    readonly trustProxy: readonly string[];
    readonly metricsAccess: Settings['metrics'];
  },
  closer: Closer,
): Operation {
  let parts: OperationParts | undefined;
  let draining = false;

  function partsOf(): OperationParts {
    if (!parts) throw new Error('the tracker is being put together');
    return parts;
  }

  const isReady = (): boolean => !draining && partsOf().isDiskHealthy;
  const metrics = createMetrics(() => ({ ...partsOf().measured, isReady: isReady() }));
  closer.add(() => {
    metrics.close();
    return Promise.resolve();
  });
  const httpWatch = createHttpWatch(metrics.httpAnswered);

  return {
    clients: createClientAddresses(deps.trustProxy),
    metrics,
    httpWatch,
    routes: {
      isReady,
      isDraining: () => draining,
      checkHost: (host) => {
        partsOf().checkHost(host);
      },
      metrics,
      metricsAccess: deps.metricsAccess,
      isAdmin: (request) => partsOf().isAdmin(request),
    },
    attach: (given) => {
      parts = given;
    },
    drain: async (deadlineMs, hurry) => {
      draining = true;
      const { measured } = partsOf();
      const spreadMs = toSpreadMs(measured.connections);
      await partsOf().drainSockets(() => Math.round(deps.random() * spreadMs));
      return untilQuiet({
        clock: deps.clock,
        deadlineMs,
        hurry,
        movement: () => {
          const { relaysOpen, relayBytes } = partsOf().measured;
          return { requests: httpWatch.underWay, relaysOpen, relayBytes };
        },
      });
    },
  };
}
