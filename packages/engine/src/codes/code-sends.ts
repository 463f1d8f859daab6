/**
 * Everything that waits under codes of this device, and whoever fetches it. Owns the running sends, what is remembered of them, and what
 * is held for them. Order of calls: `restore` once this device can serve, `close`.
 */
import { capabilityLifeMs } from '@enxame/shared/peer/capability';
import type { CodeId, CodeSend } from '@enxame/shared/engine/code';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import type { CapabilityClaims } from '@enxame/shared/peer/capability';
import { maxSwarmSources, swarmReportSchema, type SwarmReply } from '@enxame/shared/peer/swarm';
import { compactCodeForm, type CodeForm } from '@enxame/wormhole/codes/code';
import { isByCode, type PeerClaims } from '../peer/content-access.js';
import type { SwarmDesk } from '../peer/swarm-desk.js';
import { preparePaths, prepareText, type PreparedOffer } from './code-offer.js';
import { createCodeSend, type CodeSendOptions, type RunningCodeSend } from './code-send.js';
import type { CodeMemory } from './send/code-memory.js';
import type { CodeSendRecord } from './send/code-records.js';
import type { PeerReceiver } from './send/peer-receiver.js';
import type { PeerSendDeps } from './send/peer-send-deps.js';

export interface NewSend {
  readonly paths: readonly string[];
  readonly text: string | null;
  readonly keep: boolean;
  readonly maxReceivers: number;
  readonly form: CodeForm;
  readonly lifeMs?: number;
  /** The tracker or mailbox server. */
  readonly place: string;
}

export interface CodeSends extends SwarmDesk {
  list(): CodeSend[];
  send(id: CodeId, wanted: NewSend): Promise<CodeSend>;
  /** Undefined when there is none. */
  get(id: CodeId): RunningCodeSend | undefined;
  /** Ends it; nothing is held for it any more. */
  remove(id: CodeId): Promise<void>;
  receiptCame(claims: CapabilityClaims): boolean;
  addressesChanged(): void;
  /** Goes on with what an earlier run left. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

export function createCodeSends(
  deps: Omit<PeerSendDeps, 'save' | 'saved'> & {
    readonly memory: CodeMemory;
    /** What must never leave this computer. */
    readonly isPrivate: (path: string) => Promise<boolean>;
  },
): CodeSends {
  const { memory, logger } = deps;
  const sends = new Map<CodeId, RunningCodeSend>();
  const writing = new Set<Promise<void>>();

  function behind(written: Promise<void>): void {
    const done: Promise<void> = written
      .catch((error: unknown) => {
        logger.error({ err: error }, 'what is sent under a code could not be saved');
      })
      .finally(() => writing.delete(done));
    writing.add(done);
  }

  const peerDeps: PeerSendDeps = {
    ...deps,
    save: (record) => {
      behind(memory.putReceiver(record));
    },
    saved: (record) => memory.putReceiver(record),
  };

  function create(options: Omit<CodeSendOptions, 'onRecord'>): RunningCodeSend {
    const send = createCodeSend(
      {
        ...options,
        onRecord: (record) => {
          if (sends.get(record.id) === send) behind(memory.putSend(record));
        },
      },
      peerDeps,
    );
    sends.set(options.id, send);
    return send;
  }

  async function prepare({ paths, text }: Pick<NewSend, 'paths' | 'text'>): Promise<PreparedOffer> {
    if (text !== null) return prepareText(text);
    for (const path of paths) if (await deps.isPrivate(path)) throw new EnxameError('path-unreadable', { path });
    return preparePaths(paths);
  }

  function findPeer(
    deviceId: DeviceId,
    contentId: ContentId,
  ): { send: RunningCodeSend; peer: PeerReceiver } | undefined {
    for (const send of sends.values())
      for (const peer of send.peers)
        if (peer.record.deviceId === deviceId && peer.record.contentId === contentId) return { send, peer };
    return undefined;
  }

  /** Others of the same code that have something of the same content; not always the same ones. */
  function othersOf({ send, peer }: { send: RunningCodeSend; peer: PeerReceiver }): SwarmReply {
    const { deviceId, contentId } = peer.record;
    const others = send.peers.filter(({ record }) => record.deviceId !== deviceId && record.contentId === contentId);
    const sources = others.flatMap((other) => other.source() ?? []);
    // Neighbours in order of number: few lists, each receiver with others than the next, and the same ones each time.
    const at = sources.findIndex((source) => source.deviceId > deviceId);
    const first = Math.max(0, at);
    return { sources: [...sources.slice(first), ...sources.slice(0, first)].slice(0, maxSwarmSources) };
  }

  async function forget(id: CodeId): Promise<void> {
    const hold = sends.get(id)?.record?.hold;
    const holds = [...(hold ? [hold] : []), ...memory.receiversOf(id).flatMap((record) => record.hold ?? [])];
    sends.delete(id);
    await Promise.all(writing);
    await memory.remove(id);
    for (const each of holds) await deps.shelf.release(each);
  }

  async function remove(id: CodeId): Promise<void> {
    const send = sends.get(id);
    if (!send) return;
    await send.stop();
    await send.close();
    await forget(id);
  }

  async function restoreOne(record: CodeSendRecord): Promise<void> {
    const receivers = memory.receiversOf(record.id);
    // Who was deciding may have said yes meanwhile, and has what it takes to come.
    const isAwaited = receivers.some(
      ({ state, startedAt }) =>
        (state === 'moving' || state === 'deciding') && deps.now() - startedAt < capabilityLifeMs,
    );
    const isOpen = !record.isEnded && record.expiresAt > deps.now();
    const { id, keep, maxReceivers, paths, offer } = record;
    const running = create({
      id,
      keep,
      maxReceivers,
      offer: await restoreOffer(paths, offer),
      form: compactCodeForm,
      place: record.rendezvous,
      earlier: { record, receivers },
    });
    if (isOpen || isAwaited) await running.start();
    else await remove(id);
  }

  return {
    list: () => [...sends.values()].map(({ view }) => view),
    get: (id) => sends.get(id),
    send: async (id, { form, keep, maxReceivers, lifeMs, place, ...wanted }) => {
      const offer = await prepare(wanted);
      const send = create({ id, offer, keep, maxReceivers, form, place, ...(lifeMs !== undefined && { lifeMs }) });
      try {
        await send.start();
      } catch (error) {
        await send.close();
        await forget(id);
        throw error;
      }
      return send.view;
    },
    remove,
    report: (contentId, document, claims: PeerClaims) => {
      const found = isByCode(claims) ? findPeer(claims.sub, contentId) : undefined;
      if (!found) throw new EnxameError('not-found');
      const parsed = swarmReportSchema.safeParse(document);
      if (!parsed.success) throw new EnxameError('bad-request');
      found.peer.report(parsed.data);
      return othersOf(found);
    },
    receiptCame: ({ sub, aud }) => {
      const found = findPeer(sub, aud);
      found?.peer.receiptCame();
      return found !== undefined;
    },
    addressesChanged: () => {
      for (const { peers } of sends.values()) for (const peer of peers) peer.tellAddresses();
    },
    restore: async () => {
      for (const record of [...memory.sends()]) {
        try {
          await restoreOne(record);
        } catch (error) {
          // The others go on; this one is tried again with the next start.
          logger.error({ err: error, id: record.id }, 'a code of an earlier run could not be gone on with');
        }
      }
    },
    close: async () => {
      await Promise.all([...sends.values()].map((send) => send.close()));
      await Promise.all(writing);
      await memory.close();
    },
  };
}

/** As it was offered. Other programs may find less of it, and are told so. */
async function restoreOffer(paths: readonly string[], shown: CodeSendRecord['offer']): Promise<PreparedOffer> {
  try {
    return { ...(await preparePaths(paths)), shown };
  } catch (error) {
    if (!(error instanceof EnxameError)) throw error;
    const wire = { file: { filename: shown.name, filesize: shown.size } };
    // Nothing is left of it: who comes is told that it changed.
    const read = (): AsyncIterable<Uint8Array> => {
      throw error;
    };
    return { shown, paths, wire, bytes: { size: shown.size, read } };
  }
}
