import { deadline } from '@enxame/wormhole/deadline';
import { toCertificateHash } from '@enxame/identity/certificate';
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { TrackerId } from '@enxame/shared/ids';
import type { Source } from '@enxame/shared/tracker/person';
import type { TrackerAddress } from '../../tracker/tracker-address.js';
import { fetchHello } from '../../tracker/tracker-hello.js';
import { dialPeer, type PeerConnection } from '../peer-connection.js';

const dialMs = 15_000;

/** Where the tracker in use is, and the key that was pinned. */
export interface PinnedTracker {
  readonly address: TrackerAddress;
  readonly trackerId: TrackerId;
}

/**
 * To the tracker's own copy, at the tracker's own address, with the trust of its session: the pinned key vouches for the
 * certificate. Throws `source-unreachable`, `source-identity`, `cancelled`. (docs/spec/http-api.md, H41)
 */
export async function dialHosted(
  source: Source,
  tracker: PinnedTracker,
  deps: { readonly tls: { readonly key: string; readonly cert: string }; readonly signal: AbortSignal },
): Promise<PeerConnection> {
  const { address, trackerId } = tracker;
  const dialSignal = AbortSignal.any([deps.signal, deadline(dialMs)]);
  const params = { name: source.userName };
  try {
    const { hello, certificateHash } = await fetchHello(address, dialSignal);
    if (hello.trackerId !== trackerId) throw new EnxameError('source-identity', params);
    return await dialPeer({
      ...deps,
      deviceId: source.deviceId,
      dialSignal,
      address,
      hostName: new URL(address.url).host,
      kindOfPath: 'hosted',
      isPeer: (certificate) => toCertificateHash(certificate.raw) === certificateHash,
    });
  } catch (error) {
    if (deps.signal.aborted) throw new EnxameError('cancelled');
    const isOther = isErrorWithCode(error, 'source-identity', 'signature-invalid', 'tracker-not-a-tracker');
    throw new EnxameError(isOther ? 'source-identity' : 'source-unreachable', params, { cause: error });
  }
}
