import type { RequestClass } from './socket/request-limits.js';
import type { BucketSize } from './socket/token-buckets.js';

/** What one remote side can take of this tracker. Each is generous to the honest and an end to the others. */
export interface TrackerLimits {
  /** Sockets in all. At some 40 KB each, this many take 600 MB. */
  readonly connections: number;
  /** Sockets of one address (IPv6: one /64): a whole office behind one router. This computer itself is not counted. */
  readonly connectionsPerAddress: number;
  /** A connection that says nothing is not waited for. */
  readonly firstByteMs: number;
  /** Where more arrive than can be served, those that would wait longer are refused at once: below the patience of a device (tracker-patience.ts of the engine). */
  readonly entranceMs: number;
  readonly tlsHandshakeMs: number;
  /** From the first byte of an HTTP request to the end of its headers. */
  readonly headersMs: number;
  /** From the connection to the session, for a device that has a name here. */
  readonly sessionMs: number;
  /** The same for one that asked for a nonce or about a name: a person is choosing one. */
  readonly onboardingMs: number;
  /** Requests of one connection: announcing a hundred thousand entries takes 200 of them. */
  readonly requestsPerSecond: number;
  /**
   * What one person may ask for, over all devices, in tokens: one for each request, and one more for each ten things that
   * it names. A hundred thousand entries announced at once are 10,000.
   */
  readonly requestTokens: Readonly<Record<RequestClass, BucketSize>>;
  /** One address (IPv6: one /64) may ask for so many times that. This computer itself is not counted. */
  readonly addressShare: number;
  /** Names that one address can take in an hour. This computer itself is not counted. */
  readonly registrationsPerHour: number;
  /** Paths to others that one device may ask for in a minute: one for each source of what it fetches. */
  readonly pathAsksPerMinute: number;
  /** Requests of the HTTP API of one token, of one person in browsers, or of one address. */
  readonly apiRequestsPerMinute: number;
  /** Nonces, registrations, sign-ins and passwords of links, of one address: a person needs a handful. */
  readonly signInsPerMinute: number;
  /** Passwords that one address may try at one link in an hour; ten times as many from all together. */
  readonly passwordTriesPerHour: number;
  /** What a person may keep on the tracker, and all people together, in bytes. */
  readonly hostedBytesPerUser: number;
  readonly hostedBytes: number;
  /** Uploads of one token, or of one person in browsers. */
  readonly uploadsPerMinute: number;
  /** Relayed connections in all. Each is two sockets, and what is held for a side that does not read. */
  readonly relays: number;
  /** Held for one side of a relayed connection before the other has to wait: enough that a fast one seldom does. */
  readonly relayHeldBytes: number;
  /** Relayed connections in which a device of one user is a side. */
  readonly relaysPerUser: number;
  /** One side at the relay is not kept waiting longer for the other. */
  readonly relayWaitMs: number;
  /** A relayed connection in which nothing moves makes room for another. */
  readonly relayIdleMs: number;
  /** Pushes that wait for a connection that does not read; then it is ended. */
  readonly waitingPushes: number;
}

export const defaultLimits: TrackerLimits = {
  connections: 15_000,
  connectionsPerAddress: 256,
  firstByteMs: 10_000,
  entranceMs: 25_000,
  tlsHandshakeMs: 10_000,
  headersMs: 15_000,
  sessionMs: 15_000,
  onboardingMs: 10 * 60_000,
  requestsPerSecond: 100,
  requestTokens: {
    enter: { perSecond: 20, burst: 200 },
    change: { perSecond: 200, burst: 12_000 },
    look: { perSecond: 100, burst: 1000 },
  },
  addressShare: 8,
  registrationsPerHour: 60,
  pathAsksPerMinute: 120,
  apiRequestsPerMinute: 1200,
  passwordTriesPerHour: 20,
  hostedBytesPerUser: 20 * 2 ** 30,
  hostedBytes: 200 * 2 ** 30,
  signInsPerMinute: 60,
  uploadsPerMinute: 120,
  relays: 500,
  relayHeldBytes: 256 * 1024,
  relaysPerUser: 32,
  relayWaitMs: 15_000,
  relayIdleMs: 60_000,
  waitingPushes: 1000,
};
