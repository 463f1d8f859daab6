import type { Logger } from 'pino';
import type { MeetOptions } from '@enxame/wormhole/meet';

/** What every code needs, on either side. */
export interface CodeDeps {
  readonly randomBytes: (count: number) => Uint8Array;
  readonly randomInt: (below: number) => number;
  readonly random: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Addresses of this computer at which the other side may reach it. */
  readonly hosts: () => readonly string[];
  readonly logger: Logger;
}

/** What programs tell each other about themselves: other programs look for `transfer`, and pass over the rest. */
export const ownVersions: MeetOptions['versions'] = { transfer: { mode: 'send' }, enxame: { v: 1 } };

export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
