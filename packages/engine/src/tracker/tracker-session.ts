import type { PayloadIn, ReplyOf, RequestName } from '@enxame/shared/messages/request-table';
import type { TrackerPushes, TrackerPushName } from '@enxame/shared/tracker/pushes';
import type { TrackerRequests } from '@enxame/shared/tracker/requests';

/** An open, authenticated session with the tracker in use, as the parts of the engine see it. */
export interface TrackerSession {
  /** Throws the error that the tracker answered, `timed-out`, or `tracker-offline` when the session ended. */
  request<N extends RequestName<TrackerRequests>>(
    name: N,
    payload: PayloadIn<TrackerRequests, N>,
  ): Promise<ReplyOf<TrackerRequests, N>>;
  /** Aborted when the session ends. */
  readonly ended: AbortSignal;
}

/** The tracker in use, through all its sessions. */
export interface TrackerLink {
  /** The open session, if there is one now. */
  readonly session: TrackerSession | undefined;
  /** Called with each new session, at once if one is open. Returns what ends the subscription. */
  onSession(listener: (session: TrackerSession) => void): () => void;
  /** Pushes of the current session. Returns what ends the subscription. */
  onPush<N extends TrackerPushName>(name: N, listener: (payload: TrackerPushes[N]) => void): () => void;
}
