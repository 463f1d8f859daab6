import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { trackerRequests, type TrackerRequests } from '@enxame/shared/tracker/requests';
import type { Clock } from '../domain/clock.js';
import { isLoopbackHost } from '../domain/device-addresses.js';
import { toAddressGroup } from '../http/address-group.js';
import type { Connection } from './connection.js';
import { TokenBuckets, type BucketSize } from './token-buckets.js';

/** `enter`: before there is a session. `change`: what goes to disk. `look`: what is found and listed. */
export type RequestClass = 'enter' | 'change' | 'look';

const entering: readonly (keyof TrackerRequests)[] = [
  'session:challenge',
  'session:open',
  'user:register',
  'name:check',
];
const looking =
  /^(?:catalogue|entry|people|sources|presence|path|reach):|^entries:compare$|:(?:list|seen|watch|unwatch|takes|get)$/;
/** Of a request that names many things, so many are one token. */
const itemsPerToken = 10;

/** Everything that is not known to only look is counted as if it went to disk: a new request is not forgotten here. */
export function classOf(name: string): RequestClass {
  if (entering.some((known) => known === name)) return 'enter';
  return looking.test(name) && name !== 'sources:offer' && name !== 'sources:retract' ? 'look' : 'change';
}

/** What one device, one person and one address may ask for. (T73) */
export interface RequestLimits {
  /** Counts a request, or throws `rate-limited` with `retryAfterMs`; what is refused is not counted. */
  count(name: unknown, payload: unknown, connection: Connection): void;
  /** The connection is gone. */
  forget(connection: Connection): void;
}

export function createRequestLimits(
  limits: {
    readonly requestsPerSecond: number;
    readonly requestTokens: Readonly<Record<RequestClass, BucketSize>>;
    readonly addressShare: number;
  },
  clock: Pick<Clock, 'now'>,
): RequestLimits {
  const { requestsPerSecond, requestTokens, addressShare } = limits;
  const ofDevice = new TokenBuckets({ perSecond: requestsPerSecond, burst: requestsPerSecond }, clock);
  const classes = ['enter', 'change', 'look'] as const;
  const ofUser = new Map(classes.map((kind) => [kind, new TokenBuckets(requestTokens[kind], clock)]));
  const ofAddress = new Map(
    classes.map((kind) => {
      const { perSecond, burst } = requestTokens[kind];
      return [kind, new TokenBuckets({ perSecond: perSecond * addressShare, burst: burst * addressShare }, clock)];
    }),
  );

  return {
    count: (name, payload, connection) => {
      const kind = typeof name === 'string' && Object.hasOwn(trackerRequests, name) ? classOf(name) : 'look';
      const tokens = tokensOf(payload);
      const wanted: [TokenBuckets | undefined, string, number][] = [[ofDevice, connection.id, 1]];
      const { session, remoteHost } = connection;
      if (session) wanted.push([ofUser.get(kind), session.user.id, tokens]);
      // Programs of this computer, and whoever comes through its proxies without telling, share one address.
      if (!isLoopbackHost(remoteHost)) wanted.push([ofAddress.get(kind), toAddressGroup(remoteHost), tokens]);
      const retryAfterMs = Math.max(...wanted.map(([buckets, key, count]) => buckets?.waitMs(key, count) ?? 0));
      if (retryAfterMs > 0) throw new EnxameError('rate-limited', { retryAfterMs });
      for (const [buckets, key, count] of wanted) buckets?.take(key, count);
    },
    forget: (connection) => {
      ofDevice.forget(connection.id);
    },
  };
}

/** Whether it names more than what is checked in no time. */
export const isLarge = (payload: unknown): boolean => tokensOf(payload) > 3;

/** By the longest list in it, before anything is parsed: a message has an end, and so have its lists. */
function tokensOf(payload: unknown): number {
  if (typeof payload !== 'object' || payload === null) return 1;
  let items = 0;
  for (const value of Object.values(payload)) if (Array.isArray(value)) items = Math.max(items, value.length);
  return Math.max(1, Math.ceil(items / itemsPerToken));
}
