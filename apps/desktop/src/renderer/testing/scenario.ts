import type { EngineCalls } from '@enxame/shared/engine/calls';
import type { DoctorReport } from '@enxame/shared/engine/doctor';
import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { EngineEventName, EngineEvents } from '@enxame/shared/engine/events';
import type { HistoryRecord } from '@enxame/shared/engine/history';
import type { LimitsStatus } from '@enxame/shared/engine/limits';
import type { Preflight } from '@enxame/shared/engine/preflight';
import type { Share } from '@enxame/shared/engine/share';
import type { EngineStatus, Settings } from '@enxame/shared/engine/status';
import type { Transfer } from '@enxame/shared/engine/transfer';
import type { VerifyStatus } from '@enxame/shared/engine/verify';
import type { ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { RequestName } from '@enxame/shared/messages/request-table';
import type { Link } from '@enxame/shared/tracker/link';
import type { KnownPerson } from '@enxame/shared/engine/person-calls';
import type { WatchedFolder } from '@enxame/shared/engine/watched-calls';
import type { ScenarioCatalogue } from './scenario-catalogue.js';

export interface ScenarioOptions {
  readonly rows: number;
  readonly transfers?: boolean;
  /** How many records. */
  readonly history?: number;
  readonly registered?: boolean;
  /** Whether the recovery words are written down; yes when nothing is said. */
  readonly wordsSaved?: boolean;
  readonly suggestedTracker?: string | null;
  readonly settings?: Partial<Settings>;
  readonly now?: number;
  /** Calls that do not answer, from the start. */
  readonly silent?: readonly RequestName<EngineCalls>[];
}

/** As `codes:list` answers. */
export type Codes = EngineEvents['codes:changed'];

export type Broadcast = <N extends EngineEventName>(event: N, payload: EngineEvents[N]) => void;

/**
 * An engine for tests of the interface alone: real answers to every call of the contract out of memory, and a handle on
 * what a network would do. Nothing of it is in the program.
 */
export interface ScenarioEngine {
  readonly handlers: EngineHandlers;
  readonly catalogue: ScenarioCatalogue;
  status: EngineStatus;
  readonly transfers: Map<string, Transfer>;
  readonly shares: Map<string, Share>;
  limits: LimitsStatus;
  history: HistoryRecord[];
  verify: VerifyStatus;
  doctor: DoctorReport;
  /** What a download into the usual folder meets, beside what is well. */
  preflight: Partial<Preflight>;
  people: KnownPerson[];
  watched: WatchedFolder[];
  codes: Codes;
  /** Of this person, newest first. */
  links: readonly Link[];
  /** What the pages look at, by the ids of their previews. */
  readonly previews: Map<string, { readonly mediaType: string; readonly body: string }>;
  /** Calls that answer with an error from now on. */
  readonly failures: Map<RequestName<EngineCalls>, ErrorInfo>;
  /** Calls that do not answer. */
  readonly silent: Set<RequestName<EngineCalls>>;
  /** Everything that was asked, in order. */
  readonly asked: { readonly call: string; readonly payload: unknown }[];
  /** The code for another computer is said there. */
  joinDevice: (deviceName: string) => void;
  /** Set by whoever hosts it. */
  broadcast: Broadcast;
  setStatus(change: Partial<EngineStatus>): void;
  setTransfer(transfer: Transfer): void;
  setShare(share: Share): void;
  setVerify(status: VerifyStatus): void;
  setDoctor(report: DoctorReport): void;
  setCodes(change: Partial<Codes>): void;
}
