import type { ContentId, DeviceId } from '@enxame/shared/ids';
import { createRateMeter, type RateMeter } from './rate-meter.js';

/** One device taking one content, over as many requests as it makes. */
export interface Send {
  readonly id: string;
  readonly deviceId: DeviceId;
  readonly userName: string;
  readonly contentId: ContentId;
  readonly name: string;
  readonly size: number;
  readonly startedAt: number;
  readonly bytesSent: number;
  readonly activeRequests: number;
  readonly lastActiveAt: number;
  readonly rate: RateMeter;
}

export interface SendLog {
  begin(send: Pick<Send, 'deviceId' | 'userName' | 'contentId' | 'name' | 'size'>): {
    sent(bytes: number): void;
    end(): void;
  };
  list(): readonly Send[];
  remove(id: string): void;
  bytesPerSecond(): number;
}

/** What is being sent is remembered while the engine runs; the oldest finished go first. */
const maxSends = 500;

export function createSendLog(deps: { readonly now: () => number; readonly onChange: (id: string) => void }): SendLog {
  type Mutable = { -readonly [K in keyof Send]: Send[K] };
  const sends = new Map<string, Mutable>();
  const total = createRateMeter(deps.now);

  function makeRoom(): void {
    for (const [id, send] of sends) {
      if (sends.size < maxSends) return;
      if (send.activeRequests === 0) sends.delete(id);
    }
  }

  return {
    begin: (wanted) => {
      const id = `send-${wanted.deviceId.slice(0, 26)}-${wanted.contentId.slice(0, 26)}`;
      let send = sends.get(id);
      if (!send) {
        makeRoom();
        const startedAt = deps.now();
        send = {
          ...wanted,
          id,
          startedAt,
          bytesSent: 0,
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
        end: () => {
          current.activeRequests--;
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
