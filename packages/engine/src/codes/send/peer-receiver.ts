/**
 * One receiver of a code that is Enxame, too: which device it is, how far it is, and where it is found again. Owns its record and its
 * meeting; the bytes go through the peer server. It is over with its receipt, or when it said no. (docs/spec/codes.md, W50 to W56)
 */
import { deadline } from '@enxame/wormhole/deadline';
import { fromBase64url } from '@enxame/identity/encoding';
import type { CodeReceiver } from '@enxame/shared/engine/code';
import { EnxameError, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { SwarmReport } from '@enxame/shared/peer/swarm';
import type { Source } from '@enxame/shared/tracker/person';
import { fileTransferAppId } from '@enxame/wormhole/file-transfer/messages';
import { openMeeting, type Meeting, type MeetingMessage } from '@enxame/wormhole/peer/meeting';
import { openRelayPipe } from '@enxame/wormhole/transit/relay-pipe';
import { toHex } from '../code-deps.js';
import type { Rendezvous } from '../mailbox-url.js';
import type { CodeReceiverRecord } from './code-records.js';
import type { PeerSendDeps } from './peer-send-deps.js';

export interface PeerReceiver {
  readonly record: CodeReceiverRecord;
  readonly view: CodeReceiver;
  /** Nothing is awaited of it any more. */
  readonly isOver: boolean;
  /** Resolves when it is over; throws why when it failed, `cancelled` when it is closed before. */
  readonly done: Promise<void>;
  /** What the others are told; undefined while it has nothing to give, or was not heard of lately. */
  source(): Source | undefined;
  /** It said yes, or came for its first bytes. */
  begin(): void;
  report(report: SwarmReport): void;
  receiptCame(): void;
  fail(error: ErrorInfo): void;
  update(change: Partial<Pick<CodeReceiverRecord, 'contentId' | 'size' | 'hold'>>): Promise<void>;
  /** Where it may be told of another address of this device. */
  readonly tellAddresses: () => void;
  close(): Promise<void>;
}

/** A receiver reports every two seconds: who has not for so long is no source now. */
const heardOfMs = 15_000;
const relayTimeoutMs = 20_000;
const sideBytes = 8;
/** Calls for the relay that were answered; the server may repeat them. */
const maxTokens = 64;

export function createPeerReceiver(
  first: CodeReceiverRecord,
  rendezvous: Rendezvous,
  deps: PeerSendDeps,
): PeerReceiver {
  const end = new AbortController();
  const tokens = new Set<string>();
  let record = first;
  let reported: (SwarmReport & { readonly at: number }) | undefined;
  let error: ErrorInfo | null = null;
  let path: CodeReceiver['path'] = null;
  let meeting: Meeting | undefined;
  let settle: { readonly resolve: () => void; readonly reject: (error: unknown) => void };
  const done = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  done.catch(() => undefined); // who waits for it is told; nobody has to

  const isOver = (): boolean => record.state === 'received' || record.state === 'failed';

  function setState(state: CodeReceiverRecord['state']): void {
    if (record.state === state || isOver()) return;
    record = { ...record, state };
    deps.save(record);
    deps.onChange();
    if (isOver()) void meeting?.close();
  }

  function hear(message: MeetingMessage): void {
    if (!('relay' in message)) return;
    const { token } = message.relay;
    if (tokens.has(token) || end.signal.aborted) return;
    if (tokens.size >= maxTokens) tokens.clear();
    tokens.add(token);
    meetAtRelay(token).catch((failure: unknown) => {
      deps.logger.info({ err: failure }, 'a receiver of a code could not be met at the relay');
    });
  }

  async function meetAtRelay(token: string): Promise<void> {
    const signal = AbortSignal.any([end.signal, deadline(relayTimeoutMs)]);
    const side = toHex(deps.randomBytes(sideBytes));
    deps.serve(await openRelayPipe({ relays: rendezvous.relays, token, side, signal }));
    path = 'relay';
  }

  function tellAddresses(): void {
    meeting?.say({ here: { addresses: [...deps.addresses()], at: deps.now() } });
  }

  if (!isOver()) {
    meeting = openMeeting({
      url: rendezvous.url,
      appId: fileTransferAppId,
      role: 'sender',
      key: fromBase64url(record.meetingKey),
      randomBytes: deps.randomBytes,
      random: deps.random,
      onMessage: hear,
    });
    tellAddresses();
  }

  return {
    get record() {
      return record;
    },
    get isOver() {
      return isOver();
    },
    done,
    get view(): CodeReceiver {
      const { deviceId, contentId, number, state, verifier, personName, startedAt, size } = record;
      const send = deps.sends.find(deviceId, contentId);
      const bytesDone = state === 'received' ? size : (reported?.bytesDone ?? Math.min(size, send?.bytesSent ?? 0));
      const bytesPerSecond = state === 'moving' && send ? send.rate.bytesPerSecond() : 0;
      return { number, state, verifier, personName, way: 'swarm', bytesDone, bytesPerSecond, path, startedAt, error };
    },
    source: () => {
      if (!reported || deps.now() - reported.at > heardOfMs) return undefined;
      if (reported.bytesDone === 0 && !reported.complete) return undefined;
      const { deviceId, grant, personName, number } = record;
      const userName = toMarkedName(personName, number);
      return { deviceId, userName, grant, addresses: reported.addresses, complete: reported.complete };
    },
    begin: () => {
      setState('moving');
    },
    report: (next) => {
      reported = { ...next, at: deps.now() };
      setState('moving');
      deps.onChange();
    },
    receiptCame: () => {
      setState('received');
      settle.resolve();
    },
    fail: (reason) => {
      error = reason;
      setState('failed');
      settle.reject(new EnxameError(reason.code, reason.params));
    },
    update: async (change) => {
      record = { ...record, ...change };
      await deps.saved(record);
    },
    tellAddresses,
    close: async () => {
      end.abort();
      settle.reject(new EnxameError('cancelled'));
      await meeting?.close();
    },
  };
}

/** What a device says its person is called, marked so that it is nobody's user name: those have no such sign. */
export const toMarkedName = (personName: string, number: number | string): string => `${personName} #${String(number)}`;

/** Printable, and something. */
export function toPersonName(said: string): string {
  const name = said
    .toWellFormed()
    .replace(/\p{C}+/gu, '')
    .replaceAll('#', '')
    .replace(/\s+/gu, ' ')
    .trim();
  return name === '' ? '?' : name;
}
