import type { HistoryRecord } from '@enxame/shared/engine/history';
import type { UserId } from '@enxame/shared/ids';
import type { Sealing } from '@enxame/wormhole/sealing/sealing-threads';
import type { Logger } from 'pino';

/** What every code needs, on either side. */
export interface CodeDeps {
  readonly randomBytes: (count: number) => Uint8Array;
  readonly randomInt: (below: number) => number;
  readonly random: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Addresses of this computer at which the other side may reach it. */
  readonly hosts: () => readonly string[];
  /** Of the records of other programs. */
  readonly sealing: Pick<Sealing, 'seal' | 'open'>;
  /** Whose codes are refused, both ways; they are told by their key. (W57) */
  readonly isBlocked: (userId: UserId) => boolean;
  /** What goes to, and comes from, other programs is history then. Never throws: it went, or came, all the same. */
  readonly remember: (record: HistoryRecord) => Promise<void>;
  readonly logger: Logger;
}

export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
