import {
  defaultCodeLifeMs,
  maxReceiversShown,
  type CodeId,
  type CodeReceiver,
  type CodeSend,
} from '@enxame/shared/engine/code';
import { EnxameError, toErrorInfo, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { CodeForm } from '@enxame/wormhole/codes/code';
import { toCodeLink } from '@enxame/wormhole/codes/code-link';
import { fileTransferAppId } from '@enxame/wormhole/file-transfer/messages';
import { sendOffer, sendText } from '@enxame/wormhole/file-transfer/send-offer';
import { hostCode, maxWrongProofs, type HostedCode } from '@enxame/wormhole/meet';
import { openTransit } from '@enxame/wormhole/transit/transit';
import type { Wormhole } from '@enxame/wormhole/wormhole';
import { createRateMeter, type RateMeter } from '../peer/rate-meter.js';
import { ownVersions, toHex, type CodeDeps } from './code-deps.js';
import type { PreparedOffer } from './code-offer.js';
import type { Rendezvous } from './mailbox-url.js';

/** Something that waits under one code, and everybody who takes it. Owns the code and the connections. */
export interface RunningCodeSend {
  readonly view: CodeSend;
  /** Takes a nameplate; resolves when there is a code. Throws what the mailbox server says. */
  start(): Promise<void>;
  /** The code is dead from now on; who receives goes on. Twice without harm. */
  stop(): Promise<void>;
  /** Ends everything. */
  close(): Promise<void>;
}

interface Receiver {
  view: CodeReceiver;
  readonly rate: RateMeter;
}

/** Receivers that take the bytes at the same time; the others wait for their turn. */
const maxReceivers = 1000;

export function createCodeSend(
  options: {
    readonly id: CodeId;
    readonly offer: PreparedOffer;
    readonly keep: boolean;
    readonly form: CodeForm;
    readonly lifeMs?: number;
    readonly rendezvous: Rendezvous;
    /** The tracker's address for the link; undefined for a mailbox server of others. */
    readonly place: string | undefined;
    readonly onChange: () => void;
  },
  deps: CodeDeps,
): RunningCodeSend {
  const { offer, keep, rendezvous, onChange } = options;
  const lifeMs = options.lifeMs ?? defaultCodeLifeMs;
  const abort = new AbortController();
  const receivers: Receiver[] = [];
  const working = new Set<Promise<void>>();
  let hosted: HostedCode | undefined;
  let state: CodeSend['state'] = 'preparing';
  let wrongLeft = maxWrongProofs;
  let error: ErrorInfo | null = null;
  let expiry: NodeJS.Timeout | undefined;
  const expiresAt = deps.now() + lifeMs;

  function end(reason: ErrorInfo | null): void {
    if (state === 'ended') return;
    state = 'ended';
    error = reason;
    clearTimeout(expiry);
    onChange();
  }

  async function stop(): Promise<void> {
    end(null);
    await hosted?.close();
  }

  function handleMet(wormhole: Wormhole): void {
    if (receivers.length >= maxReceivers) {
      void wormhole.close();
      return;
    }
    if (!keep) void stop();
    const work = serve(wormhole).finally(() => working.delete(work));
    working.add(work);
  }

  async function serve(wormhole: Wormhole): Promise<void> {
    const receiver: Receiver = {
      view: {
        number: receivers.length + 1,
        state: 'deciding',
        verifier: toHex(wormhole.verifier),
        personName: null,
        way: 'text' in offer ? null : 'plain',
        bytesDone: 0,
        bytesPerSecond: 0,
        path: null,
        startedAt: deps.now(),
        error: null,
      },
      rate: createRateMeter(deps.now),
    };
    receivers.push(receiver);
    const update = (change: Partial<CodeReceiver>): void => {
      receiver.view = { ...receiver.view, ...change };
      onChange();
    };
    try {
      await deliver(wormhole, receiver, update);
      update({ state: 'received', bytesDone: offer.shown.size });
    } catch (thrown) {
      if (!(thrown instanceof EnxameError)) deps.logger.error({ err: thrown }, 'sending by code failed');
      update({ state: 'failed', error: toErrorInfo(thrown) });
    } finally {
      await wormhole.close();
    }
  }

  async function deliver(
    wormhole: Wormhole,
    receiver: Receiver,
    update: (change: Partial<CodeReceiver>) => void,
  ): Promise<void> {
    if ('text' in offer) {
      await sendText(wormhole, offer.text);
      return;
    }
    const transit = await openTransit({
      role: 'sender',
      transitKey: wormhole.transitKey,
      hosts: deps.hosts(),
      relays: rendezvous.relays,
      side: toHex(deps.randomBytes(8)),
      signal: abort.signal,
    });
    try {
      await sendOffer({
        wormhole,
        transit,
        offer: offer.wire,
        bytes: offer.bytes,
        onPath: (path) => {
          update({ state: 'moving', path });
        },
        onSent: (bytes) => {
          receiver.rate.add(bytes);
          update({ bytesDone: receiver.view.bytesDone + bytes });
        },
      });
    } finally {
      transit.close();
    }
  }

  return {
    get view() {
      const code = hosted?.code;
      return {
        id: options.id,
        state,
        code: code?.text ?? null,
        link: code ? toCodeLink(code, options.place) : null,
        offer: offer.shown,
        keep,
        expiresAt,
        wrongLeft,
        receivers: receivers.slice(-maxReceiversShown).map(({ view, rate }) => ({
          ...view,
          bytesPerSecond: view.state === 'moving' ? rate.bytesPerSecond() : 0,
        })),
        receiverCount: receivers.length,
        error,
      };
    },
    start: async () => {
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
        onMet: handleMet,
        onWrong: (left) => {
          wrongLeft = left;
          onChange();
        },
        onEnd: (reason) => {
          end(reason.toJSON());
        },
      });
      state = 'open';
      expiry = setTimeout(() => void stop(), lifeMs);
      onChange();
    },
    stop,
    close: async () => {
      await stop();
      abort.abort();
      await Promise.all(working);
    },
  };
}
