/**
 * An offer of another Enxame: it names a content, and gives this device the right to fetch it. Accepting it begins a download as any other,
 * which outlives this offer and the program. (docs/spec/codes.md, W50 to W56)
 */
import { deadline } from '@enxame/wormhole/deadline';
import { checkDeviceGrant } from '@enxame/identity/device-grant';
import { toBase64url } from '@enxame/identity/encoding';
import type { CodeFile, CodeOffer } from '@enxame/shared/engine/code';
import type { Collection } from '@enxame/shared/content/collection';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import type { UserId } from '@enxame/shared/ids';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { TransferId } from '@enxame/shared/ids';
import { deriveMeetingKey } from '@enxame/wormhole/peer/meeting';
import { parsePeerMessage, peerOfferSchema, type PeerOffer as SaidOffer } from '@enxame/wormhole/peer/messages';
import type { Wormhole } from '@enxame/wormhole/wormhole';
import type { DoorRecord } from '../doors/door-record.js';
import { toPersonName } from '../send/peer-receiver.js';
import type { WantedDownload } from '../../transfers/wanted-download.js';
import type { PeerReceiveDeps } from './peer-receive-deps.js';

export interface PeerOffer {
  readonly shown: CodeOffer;
  readonly personName: string;
  refuse(): void;
  /** What is in the folder, in its order. Throws `not-supported` of a file, `timed-out` when the sender does not tell. */
  contents(page: { readonly offset: number; readonly limit: number }): Promise<{ total: number; files: CodeFile[] }>;
  /** Begins the download, and says yes. Throws `not-found` when `only` names nothing, and what the disk says. */
  accept(folder: string, only: readonly string[] | undefined): Promise<TransferId>;
}

/** A person waits for the list. */
const listTimeoutMs = 30_000;

/** `said`: the sender's first word. Throws `offer-invalid`, `other-side-failed`. */
export async function createPeerOffer(
  said: unknown,
  options: {
    readonly code: string;
    readonly mailboxUrl: string;
    readonly wormhole: Wormhole;
    readonly folder: string;
    readonly signal: AbortSignal;
  },
  deps: PeerReceiveDeps,
): Promise<PeerOffer> {
  const { wormhole } = options;
  const meetingKey = toBase64url(deriveMeetingKey(wormhole.transitKey));
  let offer = parseOffer(said, deps.isBlocked);
  let collection: Collection | undefined;
  await openDoor();

  async function openDoor(): Promise<void> {
    const record: DoorRecord = {
      contentId: offer.contentId,
      code: options.code,
      sender: offer.source,
      capability: offer.capability,
      expiresAt: offer.expiresAt,
      meeting: { url: options.mailboxUrl, key: meetingKey },
      relays: offer.relays,
    };
    await deps.doors.add(record);
  }

  const wanted = (folder: string): WantedDownload => ({
    contentId: offer.contentId,
    entryId: null,
    door: 'code',
    name: toSafeFileName(offer.name),
    size: offer.size,
    collection: offer.collection,
    personName: offer.source.userName,
    folder,
  });

  async function openCollection(): Promise<Collection> {
    if (!offer.collection) throw new EnxameError('not-supported');
    const signal = AbortSignal.any([options.signal, deadline(listTimeoutMs)]);
    collection ??= await deps.downloads.openCollection(wanted(options.folder), signal);
    if (!collection) throw new EnxameError('timed-out');
    return collection;
  }

  async function choose(only: readonly string[]): Promise<void> {
    const indexes = [...indexesOf(await openCollection(), only)];
    if (indexes.length === 0) throw new EnxameError('not-found');
    wormhole.send({ enxame: { answer: { accept: indexes } } });
    offer = parseOffer(await wormhole.receive(), deps.isBlocked);
    await openDoor();
  }

  return {
    shown: {
      kind: offer.collection ? 'folder' : 'file',
      name: toSafeFileName(offer.name),
      size: offer.size,
      files: offer.collection?.files ?? null,
    },
    personName: offer.source.userName,
    refuse: () => {
      wormhole.send({ error: 'transfer rejected' });
    },
    contents: async ({ offset, limit }) => {
      const listed = await openCollection();
      const files: CodeFile[] = [];
      for (let index = offset; index < Math.min(listed.count, offset + limit); index++)
        files.push({ path: listed.path(index), size: listed.size(index) });
      return { total: listed.count, files };
    },
    accept: async (folder, only) => {
      if (only) await choose(only);
      // First remembered, then said: whoever is killed in between goes on all the same.
      const { id } = await deps.downloads.start(wanted(folder));
      wormhole.send({ enxame: { answer: { accept: 'all' } } });
      return id;
    },
  };
}

function parseOffer(said: unknown, isBlocked: (userId: UserId) => boolean): SaidOffer {
  const offer = parsePeerMessage(said, 'offer', peerOfferSchema);
  let sender: UserId;
  try {
    const { deviceId, userId } = checkDeviceGrant(offer.source.grant);
    if (deviceId !== offer.source.deviceId) throw new EnxameError('offer-invalid');
    sender = userId;
  } catch (error) {
    throw new EnxameError('offer-invalid', undefined, { cause: error });
  }
  const [name = '', mark = ''] = offer.source.userName.split('#', 2);
  if (isBlocked(sender)) throw new EnxameError('person-blocked', { name: toPersonName(name) });
  // Marked, so that it is taken for nobody's user name, whatever it says.
  return {
    ...offer,
    source: { ...offer.source, userName: `${toPersonName(name)} #${toPersonName(mark).slice(0, 9)}` },
  };
}

/** Entries that were named, and what is below folders that were. */
function* indexesOf(collection: Collection, only: readonly string[]): Generator<number> {
  const named = new Set(only.map((path) => path.replace(/\/+$/, '')));
  for (let index = 0; index < collection.count; index++) {
    const path = collection.path(index);
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (!named.has(path.slice(0, end))) continue;
      yield index;
      break;
    }
  }
}
