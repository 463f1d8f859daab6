import { defaultCodeLifeMs, maxReceiversShown, type CodeSend } from '@enxame/shared/engine/code';
import { EnxameError, isErrorWithCode, toErrorInfo, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { CodeForm } from '@enxame/wormhole/codes/code';
import { toCodeLink } from '@enxame/wormhole/codes/code-link';
import { fileTransferAppId } from '@enxame/wormhole/file-transfer/messages';
import { hostCode, maxWrongProofs, type HostedCode } from '@enxame/wormhole/meet';
import { hasPeerAbility, ownVersions } from '@enxame/wormhole/peer/messages';
import type { Wormhole } from '@enxame/wormhole/wormhole';
import type { PreparedOffer } from './code-offer.js';
import { toRendezvous } from './mailbox-url.js';
import type { CodeHold } from './send/code-hold.js';
import type { CodeReceiverRecord, CodeSendRecord } from './send/code-records.js';
import { offerToPeer } from './send/offer-to-peer.js';
import { createPeerReceiver, type PeerReceiver } from './send/peer-receiver.js';
import type { PeerSendDeps } from './send/peer-send-deps.js';
import { createPlainReceiver, type PlainReceiver } from './send/plain-receiver.js';

/** Something that waits under one code, and everybody who takes it. Owns the code and the connections. */
export interface RunningCodeSend {
  readonly view: CodeSend;
  /** What is to be remembered; undefined of a text, and before there is a code. */
  readonly record: CodeSendRecord | undefined;
  /** Those who fetch by the peer protocol. */
  readonly peers: readonly PeerReceiver[];
  /** Takes a nameplate, or the one of an earlier run; resolves when there is a code. Throws what the mailbox server says. */
  start(): Promise<void>;
  /** The code is dead from now on; who receives goes on. Twice without harm. */
  stop(): Promise<void>;
  /** Ends everything; what is held is its owner's to release. */
  close(): Promise<void>;
}

/** How often it is noted that this device is there; a mailbox server keeps a nameplate for 11 minutes. */
const aliveEveryMs = 60_000;
const forgottenAfterMs = 10 * 60_000;

export interface CodeSendOptions {
  readonly id: CodeSend['id'];
  readonly offer: PreparedOffer;
  readonly keep: boolean;
  /** So many may come in all. */
  readonly maxReceivers: number;
  readonly form: CodeForm;
  readonly lifeMs?: number;
  /** The tracker or mailbox server. */
  readonly place: string;
  /** Of an earlier run. */
  readonly earlier?: { readonly record: CodeSendRecord; readonly receivers: readonly CodeReceiverRecord[] };
  /** The record is another: to be remembered. */
  readonly onRecord: (record: CodeSendRecord) => void;
}

export function createCodeSend(options: CodeSendOptions, deps: PeerSendDeps): RunningCodeSend {
  const { id, offer, keep, maxReceivers, place, earlier } = options;
  const rendezvous = toRendezvous(place, deps.trackerUrl());
  const linkPlace = place.startsWith('https:') ? new URL(place).host : undefined;
  const lifeMs = options.lifeMs ?? defaultCodeLifeMs;
  const expiresAt = earlier?.record.expiresAt ?? deps.now() + lifeMs;
  const abort = new AbortController();
  const receivers: (PlainReceiver | PeerReceiver)[] = [];
  const peers: PeerReceiver[] = [];
  const working = new Set<Promise<void>>();
  /** Numbers of those who came and are not listed. */
  const coming = new Set<number>();
  let hosted: HostedCode | undefined;
  let state: CodeSend['state'] = 'preparing';
  let wrongLeft = earlier?.record.wrongLeft ?? maxWrongProofs;
  let error: ErrorInfo | null = null;
  let expiry: NodeJS.Timeout | undefined;
  let alive: NodeJS.Timeout | undefined;
  let hold = earlier?.record.hold ?? null;
  let holding: Promise<CodeHold> | undefined;
  let record = earlier?.record;
  let taken = earlier?.receivers.reduce((most, { number }) => Math.max(most, number), earlier.record.taken) ?? 0;

  for (const known of earlier?.receivers ?? []) {
    const peer = createPeerReceiver(known, rendezvous, deps);
    peers.push(peer);
    receivers.push(peer);
  }

  /** Hashing may take minutes; other programs need none of it, and begin at once. */
  function beginHolding(): void {
    if (!('paths' in offer)) return;
    holding = hold ? Promise.resolve(hold) : deps.shelf.put(id, offer.paths, abort.signal);
    holding.then(
      (held) => {
        hold = held;
        remember();
      },
      (failure: unknown) => {
        // Whoever comes is told; here it is only looked at when it is a failure of ours.
        if (!(failure instanceof EnxameError))
          deps.logger.error({ err: failure }, 'what waits under a code was not hashed');
      },
    );
  }

  function remember(): void {
    if (!hosted && !record) return;
    if (!('paths' in offer)) return;
    const code = hosted?.code ?? { text: record?.code ?? '', nameplate: record?.nameplate ?? '' };
    record = {
      id,
      code: code.text,
      nameplate: code.nameplate,
      side: hosted?.side ?? record?.side ?? '',
      rendezvous: place,
      paths: [...offer.paths],
      offer: offer.shown,
      keep,
      maxReceivers,
      taken,
      expiresAt,
      wrongLeft,
      isEnded: state === 'ended',
      aliveAt: deps.now(),
      hold,
    };
    options.onRecord(record);
  }

  function end(reason: ErrorInfo | null): void {
    if (state === 'ended') return;
    state = 'ended';
    error = reason;
    clearTimeout(expiry);
    clearInterval(alive);
    remember();
    deps.onChange();
  }

  async function stop(): Promise<void> {
    end(null);
    await hosted?.close();
  }

  function handleMet(wormhole: Wormhole): void {
    if (taken >= maxReceivers) {
      void wormhole.close();
      return;
    }
    taken++;
    coming.add(taken);
    if (taken >= maxReceivers) void stop();
    else remember();
    const work = serve(wormhole, taken).finally(() => working.delete(work));
    working.add(work);
  }

  function list(receiver: PlainReceiver | PeerReceiver): void {
    receivers.push(receiver);
    coming.delete(receiver.view.number);
    deps.onChange();
  }

  async function serve(wormhole: Wormhole, number: number): Promise<void> {
    if (holding && hasPeerAbility(wormhole.theirVersions)) {
      await servePeer(wormhole, number, holding);
      return;
    }
    const plain = createPlainReceiver(
      { codeId: id, number, wormhole, offer, rendezvous, onChange: deps.onChange },
      deps,
    );
    list(plain);
    await plain.run(abort.signal);
  }

  async function servePeer(wormhole: Wormhole, number: number, offered: Promise<CodeHold>): Promise<void> {
    let over: Promise<void> | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const nameplate = hosted?.code.nameplate ?? record?.nameplate ?? '';
        const onReceiver = (peer: PeerReceiver): void => {
          peers.push(peer);
          list(peer);
          over = peer.done;
          // It may be done before it said yes here: its word was lost with its program.
          over.then(resolve, resolve);
        };
        const offering = { codeId: id, number, offer: offer.shown, hold: offered, rendezvous, nameplate, onReceiver };
        offerToPeer(wormhole, offering, deps).then(() => {
          resolve();
        }, reject);
      });
    } catch (failure) {
      if (!(failure instanceof EnxameError)) deps.logger.error({ err: failure }, 'sending by code failed');
      if (!over) list(failedReceiver(number, failure));
      deps.onChange();
    } finally {
      await wormhole.close();
    }
  }

  /** Of somebody to whom nothing could be offered. */
  function failedReceiver(number: number, failure: unknown): PlainReceiver {
    const view = { number, state: 'failed', verifier: '', personName: null, way: 'swarm', bytesDone: 0 } as const;
    const rest = { bytesPerSecond: 0, path: null, startedAt: deps.now(), error: toErrorInfo(failure) };
    return { view: { ...view, ...rest }, run: () => Promise.resolve() };
  }

  async function host(): Promise<void> {
    hosted = await hostCode({
      url: rendezvous.url,
      appId: fileTransferAppId,
      versions: ownVersions,
      randomBytes: deps.randomBytes,
      random: deps.random,
      randomInt: deps.randomInt,
      signal: abort.signal,
      form: options.form,
      many: keep,
      ...(record && {
        again: {
          code: { text: record.code, nameplate: record.nameplate },
          side: record.side,
          wrong: maxWrongProofs - record.wrongLeft,
        },
      }),
      onMet: handleMet,
      onWrong: (left) => {
        wrongLeft = left;
        remember();
        deps.onChange();
      },
      onEnd: (reason) => {
        end(reason.toJSON());
      },
    });
    state = 'open';
    expiry = setTimeout(() => void stop(), expiresAt - deps.now());
    alive = setInterval(remember, aliveEveryMs);
  }

  return {
    get view() {
      const code = hosted?.code ?? (record && { text: record.code, nameplate: record.nameplate });
      return {
        id,
        state,
        code: code?.text ?? null,
        link: code ? toCodeLink(code, linkPlace) : null,
        offer: offer.shown,
        keep,
        maxReceivers,
        expiresAt,
        wrongLeft,
        receivers: receivers.slice(-maxReceiversShown).map(({ view }) => view),
        receiverCount: receivers.length,
        coming: coming.size,
        error,
      };
    },
    get record() {
      return record;
    },
    peers,
    start: async () => {
      beginHolding();
      if (!record) {
        await host();
        remember();
      } else if (record.isEnded || expiresAt <= deps.now() || deps.now() - record.aliveAt > forgottenAfterMs) {
        end(record.isEnded ? null : { code: 'code-ended' });
      } else {
        try {
          await host();
          remember();
        } catch (failure) {
          if (!isErrorWithCode(failure, 'code-busy', 'tracker-unreachable', 'timed-out', 'other-side-failed'))
            throw failure;
          end(failure.toJSON());
        }
      }
      deps.onChange();
    },
    stop,
    close: async () => {
      clearTimeout(expiry);
      clearInterval(alive);
      // The nameplate is not given back: the next run may hold it again.
      abort.abort();
      await Promise.all(peers.map((peer) => peer.close()));
      await Promise.all(working);
      await holding?.catch(() => undefined); // it ended with the signal
    },
  };
}
