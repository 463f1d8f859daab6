import type { EngineClient } from '@enxame/shared/engine/engine-client';
import type { EngineStatus, TrackerInfo, TrackerStatus } from '@enxame/shared/engine/status';
import { EnxameError, fromErrorInfo, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { follow } from './follow.js';

/** Hello, TLS and the session with a tracker far away take a second or two; the engine's own deadlines are longer. */
const connectTimeoutMs = 15_000;

/**
 * Joins the tracker where none was chosen yet. Where one was, it stays, and is returned; but a tracker that only moved to
 * another address is found by its key, and followed.
 */
export async function joinTracker(client: EngineClient, url: string): Promise<TrackerStatus | undefined> {
  const { tracker } = await client.call('status:get', {});
  if (tracker) {
    const found = tracker.url === url ? tracker : await probe(client, url);
    if (found?.trackerId !== tracker.trackerId) return tracker;
    if (found.url === tracker.url) return undefined;
  }
  await client.call('tracker:use', { url });
  return undefined;
}

/** Undefined when it cannot be reached now: the one in use stays, and its own state tells. */
async function probe(client: EngineClient, url: string): Promise<TrackerInfo | undefined> {
  try {
    return await client.call('tracker:probe', { url });
  } catch (error) {
    if (error instanceof EnxameError) return undefined;
    throw error;
  }
}

/**
 * Settles when the engine is connected to its tracker; has it try at once when it is not. Throws `tracker-not-chosen`,
 * what the try met (`tracker-unreachable`, ...), or `tracker-offline` when it takes too long.
 */
export async function untilConnected(client: EngineClient, stop: AbortSignal): Promise<EngineStatus> {
  const before = await client.call('status:get', {});
  // A try that failed is over when the next one has a time; a new time is a new failure.
  const nextTryBefore = before.tracker?.nextTryAt ?? null;
  if (before.tracker?.connected === false) await client.call('tracker:retry', {});
  return followStatus(client, stop, (status) => {
    if (!status.tracker) throw new EnxameError('tracker-not-chosen');
    const { connected, error, nextTryAt } = status.tracker;
    if (connected) return status;
    if (error && nextTryAt !== null && nextTryAt !== nextTryBefore) throw fromErrorInfo(error);
    return undefined;
  }).catch((error: unknown) => {
    throw isErrorWithCode(error, 'timed-out') ? new EnxameError('tracker-offline') : error;
  });
}

/** The status of an engine that just started, once its first try to connect is over, whatever came of it. */
export async function untilSettled(client: EngineClient, stop: AbortSignal): Promise<EngineStatus> {
  try {
    return await followStatus(client, stop, (status) =>
      !status.tracker || status.tracker.connected || status.tracker.error ? status : undefined,
    );
  } catch (error) {
    if (!isErrorWithCode(error, 'timed-out')) throw error;
    return client.call('status:get', {}); // still trying: that is the status
  }
}

function followStatus(
  client: EngineClient,
  stop: AbortSignal,
  decide: (status: EngineStatus) => EngineStatus | undefined,
): Promise<EngineStatus> {
  return follow({
    client,
    read: () => client.call('status:get', {}),
    subscribe: (listener) => client.on('status:changed', listener),
    decide,
    stop,
    timeoutMs: connectTimeoutMs,
  });
}
