import { setTimeout as sleep } from 'node:timers/promises';
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import type { Leg, Legs } from './legs.js';

/** A source that failed is asked again, so often in a row. */
const maxFailures = 4;
/** Who lied, or says that the file is no longer what it was, is not asked again. */
const finalAnswers = [
  'source-lied', 'source-identity', 'manifest-mismatch', 'piece-mismatch', 'file-changed', 'file-vanished', 'content-not-found',
] as const; // prettier-ignore
const busyWaitMs = { least: 500, most: 20_000 } as const;

/** Asks the sources of a content, or of a folder, one after the other until one answers. One question at a time. */
export interface SourceAsker {
  /** Throws `content-offline` when nobody is left to ask, `cancelled`. */
  ask<T>(question: (leg: Leg) => Promise<T>): Promise<T>;
  /** Twice without harm. */
  close(): void;
}

export function createSourceAsker(deps: {
  readonly legs: Legs;
  readonly contentId: ContentId;
  /** The devices that have it now. */
  readonly sourcesOf: (contentId: ContentId) => Iterable<DeviceId>;
  readonly signal: AbortSignal;
}): SourceAsker {
  const { legs, contentId, signal } = deps;
  const lost = new Set<DeviceId>();
  const failures = new Map<DeviceId, number>();
  const own = new AbortController();
  const ended = AbortSignal.any([signal, own.signal]);
  const isEnded = (): boolean => ended.aborted;
  let leg: Leg | undefined;

  function pickSource(): DeviceId {
    const candidates = [...deps.sourcesOf(contentId)].filter(
      (deviceId) => !lost.has(deviceId) && (failures.get(deviceId) ?? 0) < maxFailures,
    );
    const [best] = candidates.sort((one, other) => (failures.get(one) ?? 0) - (failures.get(other) ?? 0));
    if (best === undefined) throw new EnxameError('content-offline');
    return best;
  }

  async function ask<T>(question: (leg: Leg) => Promise<T>): Promise<T> {
    for (;;) {
      if (isEnded()) throw new EnxameError('cancelled');
      const deviceId = leg?.deviceId ?? pickSource();
      try {
        leg ??= await legs.open(contentId, deviceId, ended);
        const answer = await question(leg);
        failures.delete(deviceId);
        return answer;
      } catch (error) {
        if (isEnded() || !(error instanceof EnxameError)) throw error;
        if (isErrorWithCode(error, 'source-busy')) await waitInLine(error);
        else {
          leg?.close();
          leg = undefined;
          if (isErrorWithCode(error, ...finalAnswers)) {
            lost.add(deviceId);
          } else failures.set(deviceId, (failures.get(deviceId) ?? 0) + 1);
        }
      }
    }
  }

  /** The source told a place in its line: the leg stays, and it is asked again. (P31) */
  async function waitInLine(error: EnxameError): Promise<void> {
    const asked = Number(error.params?.['retryAfterMs'] ?? busyWaitMs.least);
    const waitMs = Math.min(Math.max(asked, busyWaitMs.least), busyWaitMs.most);
    await sleep(waitMs, undefined, { signal: ended }).catch(() => undefined); // looked at by who asks
  }

  return {
    ask,
    close: () => {
      own.abort();
      leg?.close();
      leg = undefined;
    },
  };
}
