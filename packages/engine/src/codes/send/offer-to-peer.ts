import { checkDeviceGrant } from '@enxame/identity/device-grant';
import { toBase64url } from '@enxame/identity/encoding';
import { signCapability } from '@enxame/identity/capability';
import type { CodeOffer } from '@enxame/shared/engine/code';
import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { deriveMeetingKey } from '@enxame/wormhole/peer/meeting';
import {
  parsePeerMessage,
  peerAnswerSchema,
  peerHelloSchema,
  type PeerAnswer,
  type PeerOffer,
} from '@enxame/wormhole/peer/messages';
import type { Wormhole } from '@enxame/wormhole/wormhole';
import { toHex } from '../code-deps.js';
import type { Rendezvous } from '../mailbox-url.js';
import type { CodeHold } from './code-hold.js';
import type { CodeReceiverRecord } from './code-records.js';
import { createPeerReceiver, toMarkedName, toPersonName, type PeerReceiver } from './peer-receiver.js';
import type { PeerSendDeps } from './peer-send-deps.js';

/** What is offered, and to which receiver of which code. */
export interface PeerOffering {
  readonly codeId: CodeReceiverRecord['codeId'];
  readonly number: number;
  readonly offer: CodeOffer;
  readonly hold: Promise<CodeHold>;
  readonly rendezvous: Rendezvous;
  readonly nameplate: string;
  /** It is known from now on, and its record kept. */
  readonly onReceiver: (receiver: PeerReceiver) => void;
}

/**
 * Offers something to another Enxame over the wormhole, and gives its device the right to fetch it: from here on the peer protocol does
 * the rest. Resolves when it has begun. Throws `offer-refused`, `offer-invalid`, `other-side-left`, and why nothing can be offered.
 */
export async function offerToPeer(
  wormhole: Wormhole,
  offering: PeerOffering,
  deps: PeerSendDeps,
): Promise<PeerReceiver> {
  const hello = parsePeerMessage(await wormhole.receive(), 'hello', peerHelloSchema);
  const { deviceId, userId } = checkDeviceGrant(hello.grant);
  if (deps.isBlocked(userId)) throw new EnxameError('person-blocked', { name: toPersonName(hello.personName) });
  let hold = await offering.hold;
  const receiver = createPeerReceiver(
    {
      codeId: offering.codeId,
      number: offering.number,
      deviceId,
      grant: hello.grant,
      personName: toPersonName(hello.personName),
      verifier: toHex(wormhole.verifier),
      meetingKey: toBase64url(deriveMeetingKey(wormhole.transitKey)),
      contentId: hold.contentId,
      size: hold.size,
      hold: null,
      startedAt: deps.now(),
      state: 'deciding',
    },
    offering.rendezvous,
    deps,
  );
  await deps.saved(receiver.record);
  offering.onReceiver(receiver);
  const name = toMarkedName(receiver.record.personName, offering.number);

  async function offer(): Promise<void> {
    const { contentId, size, collection } = hold;
    const grant = { iss: deps.identity.deviceId, sub: deviceId, aud: contentId, name, uid: userId };
    const { capability, expiresAt } = await signCapability(deps.identity.deviceKey, grant, deps.now());
    const said: PeerOffer = {
      name: offering.offer.name,
      contentId,
      size,
      collection,
      source: {
        deviceId: deps.identity.deviceId,
        userName: toMarkedName(toPersonName(deps.personName()), offering.nameplate),
        grant: deps.identity.grant(deps.deviceName()),
        addresses: [...deps.addresses()],
        complete: true,
      },
      capability,
      expiresAt,
      relays: [...offering.rendezvous.relays],
    };
    wormhole.send({ enxame: { offer: said } });
  }

  async function choose(indexes: readonly number[]): Promise<void> {
    if (receiver.record.hold) throw new EnxameError('offer-invalid'); // it chose already
    hold = await deps.shelf.choose(`${offering.codeId}-${String(offering.number)}`, hold, indexes);
    await receiver.update({ contentId: hold.contentId, size: hold.size, hold });
    await offer();
  }

  try {
    await offer();
    for (;;) {
      const { accept } = await answerOf(wormhole);
      if (accept === 'all') break;
      await choose(accept);
    }
    receiver.begin();
    return receiver;
  } catch (error) {
    // It may have begun without saying so: killed in between, it comes back with what it was given.
    if (receiver.record.state === 'deciding') {
      receiver.fail(toErrorInfo(error));
      throw error;
    }
    return receiver;
  }
}

const answerOf = async (wormhole: Wormhole): Promise<PeerAnswer> =>
  parsePeerMessage(await wormhole.receive(), 'answer', peerAnswerSchema);
