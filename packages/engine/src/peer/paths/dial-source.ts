import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Source } from '@enxame/shared/tracker/person';
import { dialPeer, type PeerConnection } from '../peer-connection.js';

const dialTimeoutMs = 10_000;

/**
 * Dials all addresses of a source at the same time; the first that proves to be the device wins, the others are cut.
 * Throws `source-unreachable`; `source-identity` when somebody else answered and nobody better did; `cancelled`.
 */
export async function dialSource(
  source: Source,
  tls: { readonly key: string; readonly cert: string },
  signal: AbortSignal,
): Promise<PeerConnection> {
  const race = new AbortController();
  const dialSignal = AbortSignal.any([race.signal, AbortSignal.timeout(dialTimeoutMs)]);
  const dials = source.addresses.map((address) =>
    dialPeer({ address, deviceId: source.deviceId, tls, dialSignal, signal }),
  );
  try {
    const winner = await Promise.any(dials);
    void Promise.allSettled(dials).then((settled) => {
      for (const dial of settled) if (dial.status === 'fulfilled' && dial.value !== winner) dial.value.close();
    });
    return winner;
  } catch (error) {
    if (signal.aborted) throw new EnxameError('cancelled');
    const failures = error instanceof AggregateError ? (error.errors as unknown[]) : [];
    const code = failures.some((failure) => failure instanceof EnxameError && failure.code === 'source-identity')
      ? 'source-identity'
      : 'source-unreachable';
    throw new EnxameError(code, { name: source.userName }, { cause: error });
  } finally {
    race.abort();
  }
}
