/**
 * The contents that came, or come, by codes: where their sender is, and by what it is asked. Owns `code-doors.jsonl`, and a running door
 * for each content that something here wants. Downloads and receipts open feeds; the peer server asks who may be served.
 */
import { join } from 'node:path';
import { parsePublicKey } from '@enxame/identity/public-key';
import type { ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import type { SwarmReport } from '@enxame/shared/peer/swarm';
import { openJournal, type Journal } from '@enxame/storage/journal';
import type { OnBroken } from '@enxame/storage/json-document';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { Logger } from 'pino';
import type { Issuer } from '../../peer/capability-check.js';
import type { Timers } from '../../library/timers.js';
import type { AskForHelp, SourcePaths } from '../../peer/paths/source-paths.js';
import { noCodeFeeds, type CodeFeeds } from '../../transfers/source-feed.js';
import { doorRecordSchema, type DoorRecord } from './door-record.js';
import { createRunningDoor, type RunningDoor } from './running-door.js';

export interface CodeDoors extends CodeFeeds {
  /** Durable when it resolves. Replaces what was known of the content. */
  add(record: DoorRecord): Promise<void>;
  get(contentId: ContentId): DoorRecord | undefined;
  /** The content that was begun with a code. */
  findByCode(code: string): DoorRecord | undefined;
  senderOf(contentId: ContentId): DeviceId | undefined;
  /** Who may allow others to fetch it from here. */
  readonly issuerOf: (contentId: ContentId) => Issuer | undefined;
  /** Ways to a device that only a code led to; undefined of any other. */
  readonly askSender: (...asked: Parameters<AskForHelp>) => ReturnType<AskForHelp> | undefined;
  /** What the doors need of the parts that are opened after them. */
  attach(parts: DoorParts): void;
  close(): Promise<void>;
}

export interface DoorParts {
  readonly paths: SourcePaths;
  readonly addresses: () => readonly DeviceAddress[];
  readonly progressOf: (contentId: ContentId) => Pick<SwarmReport, 'bytesDone' | 'complete'>;
}

/** Of a thousand codes the oldest is not gone on with any more. */
const maxDoors = 1000;

export async function openCodeDoors(
  dataFolder: string,
  deps: {
    readonly timers: Timers;
    readonly random: () => number;
    readonly randomBytes: (count: number) => Uint8Array;
    readonly onBroken: OnBroken;
    readonly logger: Logger;
  },
): Promise<CodeDoors> {
  const { timers } = deps;
  const path = join(dataFolder, 'code-doors.jsonl');
  const journal: Journal<DoorRecord> = await openJournal(path, doorRecordSchema, deps.onBroken, timers.now);
  const running = new Map<ContentId, { readonly door: RunningDoor; readonly listeners: Set<() => void> }>();
  const closing = new Set<Promise<void>>();
  let parts: DoorParts | undefined;

  for (const { contentId, expiresAt } of journal.values())
    if (expiresAt < timers.now()) await journal.delete(contentId);

  function save(record: DoorRecord): void {
    journal.set(record.contentId, record).catch((error: unknown) => {
      deps.logger.error({ err: error }, 'where the sender of a code is could not be saved');
    });
  }

  function enter(record: DoorRecord, onChange: () => void): RunningDoor {
    const { contentId } = record;
    const known = running.get(contentId);
    if (known) {
      known.listeners.add(onChange);
      return known.door;
    }
    if (!parts) throw new Error('a door was opened before its parts');
    const { paths, addresses, progressOf } = parts;
    const listeners = new Set([onChange]);
    const door = createRunningDoor(record, {
      ...deps,
      paths,
      addresses,
      progress: () => progressOf(contentId),
      onMoved: (sender) => {
        const now = journal.get(contentId);
        if (now) save({ ...now, sender });
      },
      onChange: () => {
        for (const listener of [...listeners]) listener();
      },
    });
    running.set(contentId, { door, listeners });
    return door;
  }

  function leave(contentId: ContentId, onChange: () => void): void {
    const known = running.get(contentId);
    if (!known?.listeners.delete(onChange) || known.listeners.size > 0) return;
    running.delete(contentId);
    const closed: Promise<void> = known.door.close().finally(() => closing.delete(closed));
    closing.add(closed);
  }

  return {
    attach: (opened) => {
      parts = opened;
    },
    add: async (record) => {
      await journal.set(record.contentId, record);
      for (const { contentId } of journal.values()) {
        if (journal.size <= maxDoors) break;
        await journal.delete(contentId);
      }
    },
    get: (contentId) => journal.get(contentId),
    findByCode: (code) => [...journal.values()].find((record) => record.code === code),
    has: (contentId) => journal.get(contentId) !== undefined,
    senderOf: (contentId) => journal.get(contentId)?.sender.deviceId,
    issuerOf: (contentId) => {
      const sender = journal.get(contentId)?.sender;
      return sender && { issuer: sender.deviceId, key: parsePublicKey(sender.grant.deviceKey, 'p256') };
    },
    askSender: ({ deviceId }) => {
      for (const { door } of running.values()) {
        const [sender, ...others] = door.sources;
        if (sender?.deviceId === deviceId) return Promise.resolve([{ kind: 'relay', open: door.openRelay }]);
        if (others.some((other) => other.deviceId === deviceId)) return Promise.resolve([]);
      }
      return undefined;
    },
    open: (contentId, onChange) => {
      const record = journal.get(contentId);
      if (!record) return noCodeFeeds.open(contentId, onChange);
      // Own listener: one caller may open it twice.
      let isOpen = true;
      const listener = (): void => {
        if (isOpen) onChange();
      };
      const door = enter(record, listener);
      // What is known is known at once; who opens it hears of it as of any news.
      queueMicrotask(listener);
      const isExpired = (): boolean => record.expiresAt <= timers.now();
      return {
        get sources() {
          return door.sources;
        },
        get authority() {
          return isExpired() ? undefined : { ticket: record.capability };
        },
        get error(): ErrorInfo | undefined {
          return isExpired() ? { code: 'code-ended' } : door.error;
        },
        isStale: () => false,
        refresh: () => {
          door.wake();
          return Promise.resolve();
        },
        close: () => {
          isOpen = false;
          leave(contentId, listener);
        },
      };
    },
    close: async () => {
      for (const { door } of running.values()) await door.close();
      running.clear();
      await Promise.all(closing);
      await journal.close();
    },
  };
}
