/**
 * One content that comes by a code, while something here wants it. Owns the connection by which the sender is told how far it is and
 * tells of the other receivers, and the meeting where a sender that moved, or cannot be dialled, is found. (W54, W55)
 */
import { deadline } from '@enxame/wormhole/deadline';
import { checkDeviceGrant } from '@enxame/identity/device-grant';
import { fromBase64url } from '@enxame/identity/encoding';
import { EnxameError, toErrorInfo, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import { maxSwarmReplyBytes, swarmPath, swarmReplySchema, type SwarmReport } from '@enxame/shared/peer/swarm';
import type { DeviceAddress, Source } from '@enxame/shared/tracker/person';
import { fileTransferAppId } from '@enxame/wormhole/file-transfer/messages';
import { openMeeting, type Meeting, type MeetingMessage } from '@enxame/wormhole/peer/meeting';
import { openRelayPipe } from '@enxame/wormhole/transit/relay-pipe';
import type { Timers } from '../../library/timers.js';
import type { OpenPipe } from '../../peer/paths/helped-paths.js';
import type { SourcePaths } from '../../peer/paths/source-paths.js';
import type { PeerConnection } from '../../peer/peer-connection.js';
import { createNap } from '../../transfers/nap.js';
import { createBackoff } from '../../waiting/backoff.js';
import type { DoorRecord } from './door-record.js';

export interface RunningDoor {
  /** The sender, then the receivers that it told of. */
  readonly sources: readonly Source[];
  readonly error: ErrorInfo | undefined;
  /** Looks for the sender at once. */
  wake(): void;
  /** Opens this side of a relayed pipe to the sender, and calls it to the other. */
  readonly openRelay: OpenPipe;
  /** Twice without harm. */
  close(): Promise<void>;
}

export interface RunningDoorDeps {
  readonly paths: SourcePaths;
  readonly addresses: () => readonly DeviceAddress[];
  readonly progress: () => Pick<SwarmReport, 'bytesDone' | 'complete'>;
  /** The sender is elsewhere: durable when it resolves. */
  readonly onMoved: (sender: Source) => void;
  readonly onChange: () => void;
  readonly timers: Timers;
  readonly random: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
}

/** What is small is here before anybody has to be told. */
const firstReportMs = 500;
const reportEveryMs = 2000;
const firstRetryMs = 1000;
const maxRetryMs = 30_000;
const dialTimeoutMs = 20_000;
const tokenBytes = 32;
const sideBytes = 8;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export function createRunningDoor(record: DoorRecord, deps: RunningDoorDeps): RunningDoor {
  const { contentId } = record;
  const end = new AbortController();
  const nap = createNap(deps.timers);
  const backoff = createBackoff({ firstMs: firstRetryMs, maxMs: maxRetryMs, random: deps.random });
  let sender: Source = record.sender;
  let others: readonly Source[] = [];
  let movedAt = 0;
  let meeting: Meeting | undefined;
  let connection: PeerConnection | undefined;
  let error: ErrorInfo | undefined;

  const isOver = (): boolean => end.signal.aborted;

  function openedMeeting(): Meeting {
    if (meeting) return meeting;
    meeting = openMeeting({
      url: record.meeting.url,
      appId: fileTransferAppId,
      role: 'receiver',
      key: fromBase64url(record.meeting.key),
      randomBytes: deps.randomBytes,
      random: deps.random,
      onMessage: hear,
    });
    meeting.say({ here: { addresses: [...deps.addresses()], at: deps.timers.now() } });
    return meeting;
  }

  /** The server may say old things again: only what is newer than the last counts. */
  function hear(message: MeetingMessage): void {
    if (!('here' in message) || message.here.at <= movedAt) return;
    movedAt = message.here.at;
    const { addresses } = message.here;
    if (JSON.stringify(addresses) !== JSON.stringify(sender.addresses)) {
      sender = { ...sender, addresses };
      deps.onMoved(sender);
      deps.onChange();
    }
    backoff.reset();
    nap.wake('retry');
  }

  async function report(): Promise<void> {
    if (!connection || connection.isClosed) {
      const signal = AbortSignal.any([end.signal, deadline(dialTimeoutMs)]);
      const dialled = await deps.paths.connect(sender, {
        contentId,
        signal,
        onBetter: (better) => {
          better.close(); // this one will do for a few hundred bytes
        },
      });
      connection = dialled;
    }
    const said: SwarmReport = { addresses: [...deps.addresses()], ...deps.progress() };
    const authority = { ticket: record.capability };
    const answer = await connection.exchange(swarmPath(contentId), authority, JSON.stringify(said), maxSwarmReplyBytes);
    const parsed = swarmReplySchema.safeParse(parseJson(answer));
    if (!parsed.success) throw new EnxameError('source-lied');
    take(parsed.data.sources.filter(isProven));
  }

  function take(next: readonly Source[]): void {
    const isSame = JSON.stringify(next.map(keyOf)) === JSON.stringify(others.map(keyOf));
    const hadError = error !== undefined;
    error = undefined;
    if (isSame && !hadError) return;
    others = next;
    deps.onChange();
  }

  async function live(): Promise<void> {
    await nap.sleep(firstReportMs, 'retry');
    while (!isOver()) {
      try {
        await report();
        backoff.reset();
        await nap.sleep(reportEveryMs, 'work');
      } catch (failure) {
        if (isOver()) break;
        if (!(failure instanceof EnxameError)) throw failure;
        connection?.close();
        connection = undefined;
        const next = toErrorInfo(failure);
        const isNew = next.code !== error?.code;
        error = next;
        // It is not where it was: perhaps it says where it is now, or can be called to the relay.
        openedMeeting();
        if (isNew) deps.onChange();
        await nap.sleep(backoff.nextMs(), 'retry');
      }
    }
    connection?.close();
    await meeting?.close();
  }

  const living = live();
  return {
    get sources() {
      return [sender, ...others];
    },
    get error() {
      return error;
    },
    wake: () => {
      backoff.reset();
      nap.wake('retry');
    },
    openRelay: (signal) => {
      const token = hex(deps.randomBytes(tokenBytes));
      openedMeeting().say({ relay: { token } });
      return openRelayPipe({ relays: record.relays, token, side: hex(deps.randomBytes(sideBytes)), signal });
    },
    close: () => {
      end.abort();
      nap.wake('retry');
      nap.wake('work');
      return living;
    },
  };
}

/** The grant says whose key the device has: what the sender says beside it is not believed. */
function isProven({ deviceId, grant }: Source): boolean {
  try {
    return checkDeviceGrant(grant).deviceId === deviceId;
  } catch {
    return false; // nobody signed that
  }
}

const keyOf = ({ deviceId, addresses, complete }: Source): unknown => [deviceId, addresses, complete];

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined; // the schema refuses it
  }
}
