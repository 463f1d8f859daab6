import type { RouterState } from '@enxame/shared/engine/doctor';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { Logger } from 'pino';
import { createBackoff } from '../waiting/backoff.js';
import { createWakeableTimer } from '../waiting/wakeable-timer.js';
import { toPathKind } from '../peer/paths/path-kind.js';
import type { PortMapper, PortToMap } from './port-mapper.js';

/** A port that is kept mapped as long as the setting says so. */
export interface MappedPort {
  /** Where others reach it through the router; none while nothing is mapped. */
  readonly addresses: readonly DeviceAddress[];
  /** What came of asking, the last time. */
  readonly router: RouterState;
  /** The network or the setting changed: look at once. */
  lookAgain(): void;
  /** Gives the mapping back, for a short while at most. Twice without harm. */
  close(): Promise<void>;
}

const firstRetryMs = 60_000;
const maxRetryMs = 30 * 60_000;
/** A router that gives a port for a few seconds is not asked every few seconds. */
const minRenewMs = 30_000;

/**
 * Keeps one port mapped: renews at half of its time, tries again when there is no router that does it. Nobody waits for
 * it: addresses are told when they are known.
 */
export function keepMapped(deps: {
  readonly mapper: PortMapper;
  readonly wanted: PortToMap;
  readonly isOn: () => boolean;
  readonly onChange: () => void;
  readonly logger: Logger;
  readonly random: () => number;
}): MappedPort {
  const end = new AbortController();
  const timer = createWakeableTimer();
  const backoff = createBackoff({ firstMs: firstRetryMs, maxMs: maxRetryMs, random: deps.random });
  let addresses: readonly DeviceAddress[] = [];
  let router: RouterState = 'asking';
  let closing: Promise<void> | undefined;

  function set(next: readonly DeviceAddress[]): void {
    const changed = JSON.stringify(next) !== JSON.stringify(addresses);
    addresses = next;
    if (changed && !end.signal.aborted) deps.onChange();
  }

  /** Returns when to look again. */
  async function look(): Promise<number> {
    if (!deps.isOn()) {
      if (addresses.length > 0) await deps.mapper.close();
      router = 'off';
      set([]);
      return maxRetryMs;
    }
    const mappings = await deps.mapper.map(deps.wanted, end.signal);
    // Behind two routers the outer one lets nobody in: an address that others cannot dial is not worth telling.
    const useful = mappings.filter(({ address }) => toPathKind(address) === 'direct');
    router = useful.length > 0 ? 'mapped' : mappings.length > 0 ? 'behind-another' : 'silent';
    set(useful.map(({ address }) => address));
    if (useful.length === 0) return backoff.nextMs();
    backoff.reset();
    return Math.max(minRenewMs, Math.min(...useful.map(({ lifeMs }) => lifeMs)) / 2);
  }

  const hasEnded = (): boolean => end.signal.aborted;

  async function run(): Promise<void> {
    while (!hasEnded()) {
      let waitMs: number;
      timer.forget();
      try {
        waitMs = await look();
      } catch (error) {
        if (hasEnded()) return;
        deps.logger.info({ err: error }, 'the router did not map the port');
        router = 'refused';
        set([]);
        waitMs = backoff.nextMs();
      }
      await timer.wait(waitMs);
    }
  }
  const running = run();

  return {
    get addresses() {
      return addresses;
    },
    get router() {
      return router;
    },
    lookAgain: () => {
      backoff.reset();
      timer.wake();
    },
    close: () => {
      closing ??= (async () => {
        end.abort();
        timer.wake();
        await running;
        await deps.mapper.close();
      })();
      return closing;
    },
  };
}
