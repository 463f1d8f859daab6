import { transferIdSchema, type ContentId, type DeviceId, type TransferId } from '@enxame/shared/ids';
import { createRateMeter, type RateMeter } from './rate-meter.js';

/** One device taking one content, over as many requests as it makes. */
export interface Send {
  readonly id: TransferId;
  readonly deviceId: DeviceId;
  readonly userName: string;
  readonly contentId: ContentId;
  readonly name: string;
  readonly size: number;
  readonly startedAt: number;
  readonly bytesSent: number;
  /** The last byte of the content was sent. Bytes asked twice do not make a content whole; its end tells more. */
  readonly reachedEnd: boolean;
  readonly activeRequests: number;
  readonly lastActiveAt: number;
  readonly rate: RateMeter;
}

export interface SendLog {
  /** One request, up to `rangeEnd`; `end` says whether all of it was sent. */
  begin(
    send: Pick<Send, 'deviceId' | 'userName' | 'contentId' | 'name' | 'size'>,
    rangeEnd: number,
  ): {
    sent(bytes: number): void;
    end(isWhole: boolean): void;
  };
  list(): readonly Send[];
  remove(id: TransferId): void;
  bytesPerSecond(): number;
}

/** What is being sent is remembered while the engine runs; the oldest finished go first. */
const maxSends = 500;

export function createSendLog(deps: {
  readonly now: () => number;
  readonly onChange: (id: TransferId) => void;
}): SendLog {
  type Mutable = { -readonly [K in keyof Send]: Send[K] };
  const sends = new Map<TransferId, Mutable>();
  const total = createRateMeter(deps.now);

  function makeRoom(): void {
    for (const [id, send] of sends) {
      if (sends.size < maxSends) return;
      if (send.activeRequests === 0) sends.delete(id);
    }
  }

  return {
    begin: (wanted, rangeEnd) => {
      const id = transferIdSchema.parse(`send-${wanted.deviceId.slice(0, 26)}-${wanted.contentId.slice(0, 26)}`);
      let send = sends.get(id);
      if (!send) {
        makeRoom();
        const startedAt = deps.now();
        send = {
          ...wanted,
          id,
          startedAt,
          bytesSent: 0,
          reachedEnd: false,
          activeRequests: 0,
          lastActiveAt: startedAt,
          rate: createRateMeter(deps.now),
        };
        sends.set(id, send);
      }
      const current = send;
      current.activeRequests++;
      deps.onChange(id);
      return {
        sent: (bytes) => {
          current.bytesSent += bytes;
          current.lastActiveAt = deps.now();
          current.rate.add(bytes);
          total.add(bytes);
          deps.onChange(id);
        },
        end: (isWhole) => {
          current.activeRequests--;
          if (isWhole && rangeEnd === current.size) current.reachedEnd = true;
          current.lastActiveAt = deps.now();
          deps.onChange(id);
        },
      };
    },
    list: () => [...sends.values()],
    remove: (id) => void sends.delete(id),
    bytesPerSecond: () => total.bytesPerSecond(),
  };
}
