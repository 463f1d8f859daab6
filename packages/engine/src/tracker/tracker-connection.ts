import { toSealWords } from '@enxame/identity/seal-words';
import type { TrackerStatus } from '@enxame/shared/engine/status';
import { EnxameError, isErrorWithCode, toErrorInfo, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import { trackerPushes, type TrackerPushes, type TrackerPushName } from '@enxame/shared/tracker/pushes';
import type { Logger } from 'pino';
import type { DeviceIdentity } from '../identity/device-identity.js';
import { createBackoff } from '../waiting/backoff.js';
import { parseTrackerAddress } from './tracker-address.js';
import type { TrackerBook, TrackerPin } from './tracker-book.js';
import { fetchHello } from './tracker-hello.js';
import { openSession, registerUser, type RegisteredUser } from './tracker-login.js';
import type { TrackerLink, TrackerSession } from './tracker-session.js';
import { dialTracker, type TrackerSocket } from './tracker-socket.js';
import { createWakeableTimer } from '../waiting/wakeable-timer.js';

export interface TrackerConnection extends TrackerLink {
  /** Null while no tracker was chosen. */
  readonly status: TrackerStatus | null;
  /**
   * The raw connection, before or after a session is open; waits for a first try that is under way. Throws
   * `tracker-not-chosen`, `tracker-offline`.
   */
  openSocket(): Promise<TrackerSocket>;
  /** Leaves the tracker of before, if any, for the current one of the book. Resolves after the first try. */
  restart(): Promise<void>;
  /** Tries now instead of at the next time. */
  retry(): void;
  register(name: string, invitation?: string): Promise<RegisteredUser>;
  /** Opens the session anew, after what it says of this device changed. */
  updateAddresses(): Promise<void>;
  close(): Promise<void>;
}

export interface TrackerConnectionDeps {
  readonly book: TrackerBook;
  readonly identity: DeviceIdentity;
  readonly device: () => { readonly name: string; readonly addresses: readonly DeviceAddress[] };
  readonly onStatus: () => void;
  /** The clock of the tracker, milliseconds since 1970. */
  readonly onTime?: (trackerNowMs: number) => void;
  readonly logger: Logger;
  readonly now: () => number;
  readonly random: () => number;
}

const firstRetryMs = 500;
const maxRetryMs = 30_000;

/**
 * Keeps this device connected to the tracker in use. Owns the connection, its sessions and the tries in between; the
 * book owns which tracker it is. One loop at a time: `restart` and `close` end the one before.
 */
export function createTrackerConnection(deps: TrackerConnectionDeps): TrackerConnection {
  const sessionListeners = new Set<(session: TrackerSession) => void>();
  const pushListeners = new Map<string, Set<(payload: never) => void>>();
  const pause = createWakeableTimer();
  let closed = false;
  let loop = new AbortController();
  let running = Promise.resolve();
  /** The first try after the latest restart. */
  let firstTry = Promise.resolve();
  let socket: TrackerSocket | undefined;
  let session: TrackerSession | undefined;
  /** What the tracker's key vouched for, until another certificate is shown or a session is refused. (T1) */
  let proven: { readonly pin: TrackerPin; readonly certificateHash: string } | undefined;
  /** A tracker that stops for a moment said when to come back: another time for each, so that not all come at once. */
  let comeBackMs: number | undefined;
  let state = {
    connected: false,
    since: deps.now(),
    nextTryAt: null as number | null,
    error: null as ErrorInfo | null,
  };

  function setState(next: Partial<typeof state>): void {
    const changed = next.connected !== undefined && next.connected !== state.connected;
    state = { ...state, ...next, ...(changed && { since: deps.now() }) };
    deps.onStatus();
  }

  /** Thousands may come back together: a certificate that is known already is not asked about by each of them. */
  async function dial(pin: TrackerPin, signal: AbortSignal): Promise<TrackerSocket> {
    const address = parseTrackerAddress(pin.url);
    if (proven?.pin.trackerId === pin.trackerId && proven.pin.url === pin.url) {
      try {
        return await dialTracker(address, proven.certificateHash, signal);
      } catch (error) {
        if (!isErrorWithCode(error, 'signature-invalid')) throw error;
        proven = undefined; // it may have changed: the key may not, and says so
      }
    }
    const { hello, certificateHash } = await fetchHello(address, signal);
    if (hello.trackerId !== pin.trackerId) {
      const words = await toSealWords(hello.trackerId);
      throw new EnxameError('tracker-identity-changed', { address: pin.url.replace('https://', ''), words });
    }
    const opened = await dialTracker(address, certificateHash, signal);
    proven = { pin, certificateHash };
    return opened;
  }

  /** One connection, from its beginning to its end. */
  async function connectOnce(pin: TrackerPin, signal: AbortSignal, onConnected: () => void): Promise<void> {
    const opened = await dial(pin, signal);
    const close = (): void => {
      opened.close();
    };
    signal.addEventListener('abort', close, { once: true });
    try {
      socket = opened;
      opened.onPush(handlePush);
      await login(opened, pin);
      setState({ connected: true, error: null, nextTryAt: null });
      onConnected();
      await new Promise<void>((resolve) => {
        if (opened.ended.aborted) resolve();
        else opened.ended.addEventListener('abort', () => { resolve(); }, { once: true }); // prettier-ignore
      });
    } finally {
      signal.removeEventListener('abort', close);
      opened.close();
      socket = undefined;
      session = undefined;
    }
  }

  /** Opens the session; a tracker that does not know this user yet is connected all the same, to register. */
  async function login(opened: TrackerSocket, pin: TrackerPin): Promise<void> {
    try {
      const { user, trackerNow } = await openSession(opened, pin.trackerId, deps.identity, deps.device());
      if (trackerNow !== undefined) deps.onTime?.(trackerNow);
      if (pin.user?.name !== user.name) await deps.book.setUser(pin.trackerId, user);
      session = opened;
      for (const listener of [...sessionListeners]) listener(session);
    } catch (error) {
      if (isErrorWithCode(error, 'not-registered')) return;
      proven = undefined; // it may speak another version by now
      throw error;
    }
  }

  async function keepConnected(pin: TrackerPin, signal: AbortSignal, onFirstTry: () => void): Promise<void> {
    const backoff = createBackoff({ firstMs: firstRetryMs, maxMs: maxRetryMs, random: deps.random });
    const isStopped = (): boolean => signal.aborted;
    while (!isStopped()) {
      let connectedAt: number | undefined;
      try {
        await connectOnce(pin, signal, () => {
          connectedAt = deps.now();
          onFirstTry();
        });
        if (!isStopped()) setState({ connected: false, error: { code: 'tracker-offline' } });
      } catch (error) {
        if (isStopped()) break;
        if (!(error instanceof EnxameError)) deps.logger.error({ err: error }, 'tracker connection failed');
        setState({ connected: false, error: toErrorInfo(error) });
      }
      onFirstTry();
      // A tracker that takes connections and drops them is not to be asked twice a second for ever.
      if (connectedAt !== undefined && deps.now() - connectedAt >= maxRetryMs) backoff.reset();
      const waitMs = comeBackMs ?? backoff.nextMs();
      comeBackMs = undefined;
      setState({ nextTryAt: deps.now() + waitMs });
      await pause.wait(waitMs);
    }
    onFirstTry();
  }

  function handlePush(name: string, raw: unknown): void {
    if (!Object.hasOwn(trackerPushes, name)) return; // a newer tracker may tell more
    const parsed = trackerPushes[name as TrackerPushName].safeParse(raw);
    if (!parsed.success) {
      deps.logger.warn({ push: name }, 'the tracker pushed something malformed');
      return;
    }
    if ('comeBackMs' in parsed.data) ({ comeBackMs } = parsed.data);
    for (const listener of [...(pushListeners.get(name) ?? [])]) {
      try {
        listener(parsed.data as never);
      } catch (error) {
        // It came from outside: it may cost a line of the log, never the process.
        deps.logger.error({ err: error, push: name }, 'a push could not be taken');
      }
    }
  }

  async function openSocket(): Promise<TrackerSocket> {
    for (let awaited; awaited !== firstTry;) {
      awaited = firstTry;
      await awaited;
    }
    if (!deps.book.current) throw new EnxameError('tracker-not-chosen');
    if (!socket) throw new EnxameError('tracker-offline');
    return socket;
  }

  /** Resolves after the first try. */
  async function start(signal: AbortSignal): Promise<void> {
    await running; // the loop of before still owns `socket` until it ends
    const pin = deps.book.current;
    if (!pin || signal.aborted) return;
    state = { connected: false, since: deps.now(), nextTryAt: null, error: null };
    await new Promise<void>((resolve) => {
      running = keepConnected(pin, signal, resolve);
    });
  }

  function stop(): void {
    loop.abort();
    pause.wake();
  }

  function currentPin(): TrackerPin {
    if (!deps.book.current) throw new EnxameError('tracker-not-chosen');
    return deps.book.current;
  }

  return {
    get status() {
      const pin = deps.book.current;
      if (!pin) return null;
      return { url: pin.url, trackerId: pin.trackerId, name: pin.name, words: pin.words, ...state };
    },
    get session() {
      return session;
    },
    openSocket,
    onSession: (listener) => {
      sessionListeners.add(listener);
      if (session) listener(session);
      return () => void sessionListeners.delete(listener);
    },
    onPush: <N extends TrackerPushName>(name: N, listener: (payload: TrackerPushes[N]) => void) => {
      const set = pushListeners.get(name) ?? new Set();
      pushListeners.set(name, set.add(listener));
      return () => void set.delete(listener);
    },
    restart: () => {
      if (closed) return Promise.resolve();
      stop();
      loop = new AbortController();
      firstTry = start(loop.signal);
      return firstTry;
    },
    retry: () => {
      pause.wake();
    },
    register: async (name, invitation) => {
      const opened = await openSocket();
      const pin = currentPin();
      const user = await registerUser(opened, pin.trackerId, deps.identity, name, invitation);
      await deps.book.setUser(pin.trackerId, user);
      await login(opened, pin);
      deps.onStatus();
      return user;
    },
    updateAddresses: async () => {
      await session?.request('presence:update', { addresses: [...deps.device().addresses] });
    },
    close: async () => {
      closed = true;
      stop();
      await running;
    },
  };
}
