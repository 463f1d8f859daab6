import { randomUUID } from 'node:crypto';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { transferIdSchema, type ContentId, type DeviceId, type TransferId, type UserId } from '@enxame/shared/ids';
import type { Receipt } from '@enxame/shared/peer/receipt';
import type { Logger } from 'pino';
import type { Timers } from '../library/timers.js';
import { createRateMeter, type RateMeter } from './rate-meter.js';

/** Who takes what. */
export interface SendTarget {
  readonly deviceId: DeviceId;
  readonly userName: string;
  readonly contentId: ContentId;
  readonly name: string;
  readonly size: number;
  /** How many files, for a folder. */
  readonly files: number | null;
}

/** One device taking one content, over as many requests as it makes, until it gives its receipt. */
export interface Send extends SendTarget {
  readonly id: TransferId;
  readonly startedAt: number;
  readonly bytesSent: number;
  /** The last byte of the content was sent. Bytes asked twice do not make a content whole; its end tells more. */
  readonly reachedEnd: boolean;
  /** A request is under way, or was until a moment ago. */
  readonly isMoving: boolean;
  readonly activeRequests: number;
  readonly lastActiveAt: number;
  /** Proves that all of it arrived; null until it comes. */
  readonly receipt: Receipt | null;
  /** Whose device it is, as the receipt proves. */
  readonly userId: UserId | null;
  readonly rate: RateMeter;
}

export interface RememberedSend extends Pick<Send, 'id' | 'startedAt' | 'bytesSent' | 'size'> {
  readonly isConfirmed: boolean;
}

/** Where sends are remembered beyond this run. */
export interface SendMemory {
  /** When all that was is known. */
  readonly ready: Promise<void>;
  /** The latest send of this content to this device. */
  find(deviceId: DeviceId, contentId: ContentId): RememberedSend | undefined;
  /** Told when the first byte goes, when a send rests, and of its receipt. Durable when it resolves. */
  save(send: Send): Promise<void>;
  confirm(id: TransferId, receipt: Receipt, userId: UserId): Promise<void>;
}

export interface SendLog {
  /** One request, up to `rangeEnd`; `end` says whether all of it was sent. */
  begin(
    target: SendTarget,
    rangeEnd: number,
  ): { readonly id: TransferId; sent(bytes: number): void; end(isWhole: boolean): void };
  /** It waits for its turn. */
  wait(target: SendTarget): TransferId;
  /**
   * The receipt of a device. Durable when it resolves; again without harm. Throws `receipt-invalid` when no byte of this
   * content went to that device, or it is of another size.
   */
  confirm(deviceId: DeviceId, receipt: Receipt, userId: UserId): Promise<void>;
  list(): readonly Send[];
  /** The send of a content to a device that has no receipt yet. */
  find(deviceId: DeviceId, contentId: ContentId): Send | undefined;
  get(id: TransferId): Send | undefined;
  remove(id: TransferId): void;
  bytesPerSecond(): number;
  /** Remembers what is under way. Twice without harm. */
  readonly close: () => void;
}

/** What is being sent is listed while the engine runs; the oldest finished go first. */
const maxSends = 500;
/** Between two requests of one receiver a send does not rest yet. */
const restMs = 1500;

type Mutable = { -readonly [K in keyof Send]: Send[K] };

export function createSendLog(deps: {
  readonly timers: Timers;
  readonly onChange: (id: TransferId) => void;
  readonly onRemove?: (id: TransferId) => void;
  readonly memory?: SendMemory;
  readonly logger?: Logger;
}): SendLog {
  const { timers, onChange, memory } = deps;
  const sends = new Map<TransferId, Mutable>();
  /** The one send of a device and a content that has no receipt yet. */
  const open = new Map<string, Mutable>();
  const rests = new Map<Mutable, () => void>();
  const total = createRateMeter(timers.now);
  const keyOf = (deviceId: DeviceId, contentId: ContentId): string => `${deviceId} ${contentId}`;

  function makeRoom(): void {
    for (const send of sends.values()) {
      if (sends.size < maxSends) return;
      if (!send.isMoving) forget(send);
    }
  }

  function forget(send: Mutable): void {
    sends.delete(send.id);
    const key = keyOf(send.deviceId, send.contentId);
    if (open.get(key) === send) open.delete(key);
    deps.onRemove?.(send.id);
  }

  function openSend(target: SendTarget): Mutable {
    const { deviceId, contentId } = target;
    const known = open.get(keyOf(deviceId, contentId));
    if (known) return known;
    makeRoom();
    const now = timers.now();
    const found = memory?.find(deviceId, contentId);
    const before = found?.isConfirmed === false ? found : undefined;
    const send: Mutable = {
      ...target,
      id: before?.id ?? transferIdSchema.parse(`send-${randomUUID()}`),
      startedAt: before?.startedAt ?? now,
      bytesSent: before?.bytesSent ?? 0,
      reachedEnd: false,
      isMoving: false,
      activeRequests: 0,
      lastActiveAt: now,
      receipt: null,
      userId: null,
      rate: createRateMeter(timers.now),
    };
    sends.set(send.id, send);
    open.set(keyOf(deviceId, contentId), send);
    return send;
  }

  function save(send: Send): void {
    if (send.bytesSent === 0) return;
    memory?.save(send).catch((error: unknown) => {
      deps.logger?.error({ err: error }, 'a send could not be remembered');
    });
  }

  function restSoon(send: Mutable): void {
    rests.get(send)?.();
    const stop = timers.after(restMs, () => {
      rests.delete(send);
      send.isMoving = false;
      save(send);
      onChange(send.id);
    });
    rests.set(send, stop);
  }

  return {
    begin: (target, rangeEnd) => {
      const send = openSend(target);
      send.activeRequests++;
      send.isMoving = true;
      rests.get(send)?.();
      onChange(send.id);
      return {
        id: send.id,
        sent: (bytes) => {
          const isFirst = send.bytesSent === 0;
          send.bytesSent += bytes;
          send.lastActiveAt = timers.now();
          send.rate.add(bytes);
          total.add(bytes);
          // Known to the disk from the first byte on: the receipt may come after a crash of this side.
          if (isFirst) save(send);
          onChange(send.id);
        },
        end: (isWhole) => {
          send.activeRequests--;
          if (isWhole && rangeEnd === send.size) send.reachedEnd = true;
          send.lastActiveAt = timers.now();
          if (send.activeRequests === 0) restSoon(send);
          onChange(send.id);
        },
      };
    },
    wait: (target) => {
      const { id } = openSend(target);
      onChange(id);
      return id;
    },
    confirm: async (deviceId, receipt, userId) => {
      const { contentId, size } = receipt;
      const send = open.get(keyOf(deviceId, contentId));
      if (send && send.bytesSent > 0) {
        if (send.size !== size) throw new EnxameError('receipt-invalid');
        await memory?.save({ ...send, receipt, userId });
        Object.assign(send, { receipt, userId });
        open.delete(keyOf(deviceId, contentId));
        onChange(send.id);
        return;
      }
      await memory?.ready;
      const before = memory?.find(deviceId, contentId);
      if (!before || before.bytesSent === 0 || before.size !== size) throw new EnxameError('receipt-invalid');
      if (!before.isConfirmed) await memory?.confirm(before.id, receipt, userId);
    },
    list: () => [...sends.values()],
    find: (deviceId, contentId) => open.get(keyOf(deviceId, contentId)),
    get: (id) => sends.get(id),
    remove: (id) => {
      const send = sends.get(id);
      if (send) forget(send);
    },
    bytesPerSecond: () => total.bytesPerSecond(),
    close: () => {
      for (const [send, stop] of rests) {
        stop();
        save(send);
      }
      rests.clear();
    },
  };
}
