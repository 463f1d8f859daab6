import type { AddressInfo } from 'node:net';
import type { SelfSigned } from '@enxame/identity/certificate';
import type { TrackerId } from '@enxame/shared/ids';
import type { Logger } from 'pino';
import type { Clock } from './domain/clock.js';
import type { RelayStats } from './http/relay.js';
import type { TrackerLimits } from './limits.js';
import type { Settings } from './operation/setting-table.js';
import type { AppendFile, WriteFile } from './store/document-adapter.js';

export interface TrackerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Made when missing; one process at a time. */
  readonly dataFolder: string;
  /** The name of the network, as people see it. */
  readonly name: string;
  /** Whether bytes are passed on between devices that find no other way; true when not given. */
  readonly relay?: boolean;
  /** In place of the tracker's own certificate. */
  readonly certificate?: SelfSigned | undefined;
  /** What a proxy shows that ends TLS before the tracker (PEM): devices are told that it is the tracker's too. */
  readonly proxyCertificatePem?: string | undefined;
  /** Where people reach the tracker: an origin, without a slash at its end. */
  readonly publicUrl?: string | undefined;
  /** Addresses and ranges whose `X-Forwarded-*` headers count; none when not given. */
  readonly trustProxy?: readonly string[];
  /** Whether others than this computer and the proxies are answered without TLS; true when not given. */
  readonly plainHttp?: boolean;
  /** Of the built pages for browsers; without it `/` says that there are none. */
  readonly pagesFolder?: string | undefined;
  /** Who may read `/metrics`; this computer when not given. */
  readonly metrics?: Settings['metrics'];
}

export interface TrackerDeps {
  readonly options: TrackerOptions;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits?: Partial<TrackerLimits>;
  /** For tests of full disks. */
  readonly writeFile?: WriteFile;
  readonly appendFile?: AppendFile;
  /** The built `catalogue-worker.js`, which reads catalogues at the start; without it this thread does. */
  readonly catalogueWorkerUrl?: URL | undefined;
  /** The built `upload-worker.js`; for tests, which run the sources. */
  readonly uploadWorkerUrl?: URL;
  /** The same of the engine's `hash-worker.js`. */
  readonly hashWorkerUrl?: URL;
}

export interface Tracker {
  /** What a device takes as the tracker's address, on this computer when it listens everywhere. */
  readonly url: string;
  readonly address: AddressInfo;
  readonly trackerId: TrackerId;
  /** The words by which people recognise the tracker's key. */
  readonly sealWords: string;
  /** What the relay has passed on since the start. */
  readonly relayStats: RelayStats;
  /** From now on it shows these. Throws, and shows what it did, when a key is not the certificate's. */
  showCertificates(certificates: Pick<TrackerOptions, 'certificate' | 'proxyCertificatePem'>): void;
  /** Takes nothing new, and lets go on what is under way, for so long at most. `close` comes after it. */
  drain(deadlineMs: number, hurry: AbortSignal): Promise<'quiet' | 'deadline' | 'hurry'>;
  /** Refuses what is new, finishes what is being written, ends all connections. Twice without harm. */
  close(): Promise<void>;
}
