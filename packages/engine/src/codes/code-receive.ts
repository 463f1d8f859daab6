import { statfs } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { CodeFile, CodeId, CodeReceive } from '@enxame/shared/engine/code';
import { pathKinds } from '@enxame/shared/engine/transfer';
import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { toDiskError } from '@enxame/storage/disk-error';
import type { Code } from '@enxame/wormhole/codes/code';
import { fileTransferAppId } from '@enxame/wormhole/file-transfer/messages';
import { receiveOffer } from '@enxame/wormhole/file-transfer/receive-offer';
import { enterCode } from '@enxame/wormhole/meet';
import { hasPeerAbility, isPeerMessage, ownVersions } from '@enxame/wormhole/peer/messages';
import type { Wormhole } from '@enxame/wormhole/wormhole';
import { toHex } from './code-deps.js';
import type { Rendezvous } from './mailbox-url.js';
import { createPeerOffer, type PeerOffer } from './receive/peer-offer.js';
import type { PeerReceiveDeps } from './receive/peer-receive-deps.js';
import { createPlainOffer, type PlainOffer } from './receive/plain-offer.js';
import { toPlainRecord } from './receive/plain-record.js';

/** Something that comes under a code that was said here. Owns the connection until the offer is taken. */
export interface RunningCodeReceive {
  readonly view: CodeReceive;
  /** Meets the sender, or goes on with what was begun by this code. Resolves with the offer shown, or when it failed; never throws. */
  start(): Promise<void>;
  contents(page: { readonly offset: number; readonly limit: number }): Promise<{ total: number; files: CodeFile[] }>;
  /** After `offered`: fetches it. Resolves when it began. Throws `not-found` when there is nothing to accept. */
  accept(folder: string, only?: readonly string[]): Promise<void>;
  refuse(): Promise<void>;
  /** More is known of its download. */
  transferChanged(): void;
  /** Stops it, whatever it does: a download of the list is paused, of anything else nothing stays. Twice without harm. */
  stop(): Promise<void>;
  /** Ends what is here of it; its download is its owner's. */
  close(): Promise<void>;
}

/** The sender is told that it arrived before people here are, unless it is away. */
const receiptWaitMs = 5000;

export function createCodeReceive(
  options: {
    readonly id: CodeId;
    readonly code: Code;
    readonly rendezvous: Rendezvous;
    readonly folder: string;
    readonly onChange: () => void;
  },
  deps: PeerReceiveDeps,
): RunningCodeReceive {
  const abort = new AbortController();
  let wormhole: Wormhole | undefined;
  let plain: PlainOffer | undefined;
  let peer: PeerOffer | undefined;
  let work: Promise<void> = Promise.resolve();
  let isEnding = false;
  let view: CodeReceive = {
    id: options.id,
    state: 'connecting',
    code: options.code.text,
    verifier: null,
    personName: null,
    way: null,
    transferId: null,
    offer: null,
    text: null,
    folder: options.folder,
    freeBytes: null,
    bytesDone: 0,
    bytesPerSecond: 0,
    path: null,
    savedAs: null,
    sha256: null,
    error: null,
  };

  function update(change: Partial<CodeReceive>): void {
    view = { ...view, ...change };
    options.onChange();
  }

  function fail(thrown: unknown): void {
    if (!(thrown instanceof EnxameError)) deps.logger.error({ err: thrown }, 'receiving by code failed');
    update({ state: 'failed', error: toErrorInfo(thrown) });
  }

  async function meet(): Promise<void> {
    const opened = (wormhole = await enterCode({
      url: options.rendezvous.url,
      appId: fileTransferAppId,
      versions: ownVersions,
      randomBytes: deps.randomBytes,
      random: deps.random,
      signal: abort.signal,
      code: options.code,
    }));
    const verifier = toHex(opened.verifier);
    if (!hasPeerAbility(opened.theirVersions)) {
      await showPlain(opened, verifier, undefined);
      return;
    }
    const grant = deps.identity.grant(deps.deviceName());
    opened.send({ enxame: { hello: { grant, personName: deps.personName(), addresses: deps.addresses() } } });
    const said = await opened.receive();
    if (isPeerMessage(said)) await showPeer(opened, verifier, said);
    else await showPlain(opened, verifier, said);
  }

  async function showPeer(opened: Wormhole, verifier: string, said: unknown): Promise<void> {
    const { code, rendezvous, folder } = options;
    const place = { code: code.text, mailboxUrl: rendezvous.url, wormhole: opened, folder, signal: abort.signal };
    peer = await createPeerOffer(said, place, deps);
    const { shown, personName } = peer;
    const freeBytes = await freeBytesOf(folder);
    update({ state: 'offered', way: 'swarm', verifier, offer: shown, personName, freeBytes });
  }

  async function showPlain(opened: Wormhole, verifier: string, said: unknown): Promise<void> {
    const received = await receiveOffer(opened, said);
    const { offer } = received;
    const freeBytes = await freeBytesOf(options.folder);
    if ('message' in offer) {
      received.acknowledgeText();
      const shown = { kind: 'text', name: '', size: Buffer.byteLength(offer.message), files: null } as const;
      update({ state: 'received', verifier, offer: shown, text: offer.message, freeBytes });
      await opened.close();
      return;
    }
    const { id, rendezvous } = options;
    const { transitKey } = opened;
    plain = createPlainOffer(received, { id, offer, transitKey, rendezvous, signal: abort.signal, update }, deps);
    update({ state: 'offered', way: 'plain', verifier, offer: plain.shown, freeBytes });
  }

  /** Something that was begun by the same code, and is not here yet. */
  async function goOn(): Promise<boolean> {
    const door = deps.doors.findByCode(options.code.text);
    const transfer = deps.downloads
      .list()
      .find(({ contentId, state }) => contentId === door?.contentId && state !== 'verified');
    if (!door || !transfer) return false;
    await deps.downloads.resume(transfer.id);
    const { id, name, size, folder: files } = transfer;
    const offer = { kind: files ? 'folder' : 'file', name, size, files: files?.files ?? null } as const;
    update({ state: 'moving', way: 'swarm', transferId: id, offer, personName: transfer.personName });
    return true;
  }

  /** The receipt is what the sender waits for: an end of this program must not come between. */
  async function finish(savedAs: string | null, sha256: string | null, bytesDone: number): Promise<void> {
    const transfer = view.transferId && deps.downloads.view(view.transferId);
    if (transfer) {
      const late = wait(receiptWaitMs, undefined, { signal: abort.signal }).catch(() => undefined); // closed
      await Promise.race([deps.receipts.settled(transfer.contentId), late]);
    }
    const path = transfer && deps.downloads.pathOf(transfer.id);
    update({ state: 'received', savedAs, sha256, bytesDone, path: path ?? view.path, error: null });
  }

  function transferChanged(): void {
    if (view.state !== 'moving' || view.transferId === null || isEnding) return;
    const transfer = deps.downloads.view(view.transferId);
    if (!transfer) {
      fail(new EnxameError('cancelled'));
      return;
    }
    const { state, bytesDone, path, sha256, error, folder, sources } = transfer;
    if (state === 'verified' && (folder || sha256 !== null)) {
      isEnding = true;
      work = finish(path, sha256, bytesDone);
      return;
    }
    if (state === 'failed') {
      update({ state: 'failed', error, bytesDone });
      return;
    }
    const paths = sources.flatMap((source) => source.path ?? []);
    update({ bytesDone, error, path: pathKinds.find((kind) => paths.includes(kind)) ?? view.path });
  }

  async function acceptPeer(offered: PeerOffer, folder: string, only: readonly string[] | undefined): Promise<void> {
    const transferId = await offered.accept(folder, only);
    update({ state: 'moving', folder, transferId });
    work = (wormhole?.close() ?? Promise.resolve()).catch(fail);
    transferChanged();
  }

  /** Remembered before it is told: who sees "received" may end the program. */
  async function fetchPlain(offered: PlainOffer, folder: string, only: readonly string[] | undefined): Promise<void> {
    const startedAt = deps.now();
    const remember = (end: Parameters<typeof toPlainRecord>[2]): Promise<void> =>
      deps.remember(toPlainRecord(view, { startedAt, finishedAt: deps.now() }, end));
    try {
      const { sha256 } = await offered.fetch(folder, only);
      await remember({ result: 'arrived', sha256, error: null });
      update({ state: 'received', sha256 });
    } catch (error) {
      const result = abort.signal.aborted ? 'cancelled' : 'failed';
      await remember({ result, sha256: null, error: result === 'failed' ? toErrorInfo(error) : null });
      throw error;
    }
  }

  async function closeWormhole(): Promise<void> {
    abort.abort();
    await work;
    await wormhole?.close();
  }

  return {
    get view() {
      if (view.state !== 'moving') return { ...view, bytesPerSecond: 0 };
      const transfer = view.transferId === null ? undefined : deps.downloads.view(view.transferId);
      return { ...view, bytesPerSecond: transfer?.bytesPerSecond ?? plain?.bytesPerSecond ?? 0 };
    },
    start: async () => {
      try {
        if (!(await goOn())) await meet();
        transferChanged();
      } catch (error) {
        await wormhole?.close();
        fail(error);
      }
    },
    contents: async (page) => {
      if (!peer) throw new EnxameError('not-supported');
      return peer.contents(page);
    },
    accept: async (folder, only) => {
      if (view.state !== 'offered' || !wormhole) throw new EnxameError('not-found');
      if (peer) {
        await acceptPeer(peer, folder, only);
        return;
      }
      if (!plain) throw new EnxameError('not-found');
      const open = wormhole;
      update({ state: 'moving', folder });
      work = fetchPlain(plain, folder, only)
        .catch(fail)
        .finally(() => open.close());
    },
    refuse: async () => {
      if (view.state !== 'offered') return;
      (peer ?? plain)?.refuse();
      update({ state: 'refused' });
      await wormhole?.close();
    },
    transferChanged,
    stop: async () => {
      if (view.state === 'moving' && view.transferId !== null) await deps.downloads.pause(view.transferId);
      await closeWormhole();
    },
    close: closeWormhole,
  };
}

/** Null while the folder is not there: it is made when something is accepted. */
async function freeBytesOf(folder: string): Promise<number | null> {
  try {
    const disk = await statfs(folder);
    return disk.bavail * disk.bsize;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw toDiskError(error, folder);
  }
}
