import type { ErrorCode } from '@enxame/shared/errors/error-codes';
import type { DeviceId } from '@enxame/shared/ids';
import type { Source } from '@enxame/shared/tracker/person';

/** A source is asked again after a wrong piece; after so many it is no source. (docs/spec/peer-protocol.md, P13) */
export const maxStrikes = 3;

/** What a source can do to a download without ending it. Anything else is this computer's, or the person's. */
const sourceFaults: readonly ErrorCode[] = [
  'source-unreachable',
  'source-identity',
  'source-refused',
  'source-lied',
  'manifest-mismatch',
  'unauthorized',
  'ticket-invalid',
  'not-found',
  'not-supported',
  'content-not-found',
  'file-changed',
  'file-vanished',
  'rate-limited',
];

export const isSourceFault = (code: ErrorCode): boolean => sourceFaults.includes(code);

/** Decides whom to ask: every source once before any is asked again (P14), and one that lied never more (P13). */
export interface SourcePicker {
  pick(sources: readonly Source[]): Source | undefined;
  /** Not again in this round. */
  failed(deviceId: DeviceId, code: ErrorCode): void;
  /** It sent a wrong piece. True: it has sent enough of them. */
  strike(deviceId: DeviceId): boolean;
  /** Whoever is not struck out may be asked again. */
  newRound(): void;
  /** There are sources, and all of them lied. */
  areAllLiars(sources: readonly Source[]): boolean;
}

export function createSourcePicker(): SourcePicker {
  const strikes = new Map<DeviceId, number>();
  const failedNow = new Set<DeviceId>();
  const isLiar = ({ deviceId }: Source): boolean => (strikes.get(deviceId) ?? 0) >= maxStrikes;
  return {
    pick: (sources) => sources.find((source) => !isLiar(source) && !failedNow.has(source.deviceId)),
    failed: (deviceId, code) => {
      failedNow.add(deviceId);
      if (code === 'source-lied' || code === 'manifest-mismatch') strikes.set(deviceId, maxStrikes);
    },
    strike: (deviceId) => {
      const count = (strikes.get(deviceId) ?? 0) + 1;
      strikes.set(deviceId, count);
      return count >= maxStrikes;
    },
    newRound: () => {
      failedNow.clear();
    },
    areAllLiars: (sources) => sources.length > 0 && sources.every(isLiar),
  };
}
