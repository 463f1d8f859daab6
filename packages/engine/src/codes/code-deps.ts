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
  readonly logger: Logger;
}

export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
