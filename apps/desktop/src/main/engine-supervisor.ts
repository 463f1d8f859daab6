import type { MessagePortMain, UtilityProcess } from 'electron';
import type { ErrorInfo } from '@enxame/shared/errors/enxame-error';
import { fromEngineProcessSchema, type ToEngineProcess } from '../bridge/engine-process-messages.js';
import type { Clock } from './clock.js';
import { restartDelayMs, steadyAfterMs } from './restart-delay.js';

/** An engine that has not finished its writes by then is ended. */
const stopDeadlineMs = 8000;

export interface EngineSupervisor {
  /** Whether an engine runs and takes ports; `onReady` tells when one does. */
  readonly ready: boolean;
  /** Where the running engine gives what the page looks at; undefined while there is none. */
  readonly previewPort: number | undefined;
  /** Hands the engine its end of a page's channel. Only while `ready`. */
  connect(port: MessagePortMain): void;
  /** Stops the engine and starts no other; settles when its process is gone. Twice without harm. */
  close(): Promise<void>;
}

/**
 * Keeps one engine process running. Owns the process: forks it, forks it again with growing pauses when it dies, and
 * hands it ports. What the engine and a page say to each other never passes through here.
 */
export function createEngineSupervisor(deps: {
  readonly fork: () => UtilityProcess;
  readonly clock: Clock;
  /** Each time an engine runs. */
  readonly onReady: () => void;
  /** Each time one could not start, with the reason that it gave. */
  readonly onFailed: (error: ErrorInfo) => void;
}): EngineSupervisor {
  let running: UtilityProcess | undefined;
  let ready = false;
  let previewPort: number | undefined;
  let failures = 0;
  let callOffRestart = (): void => undefined;
  let closing: Promise<void> | undefined;

  function start(): void {
    const child = deps.fork();
    const startedAt = deps.clock.now();
    running = child;
    child.on('message', (raw: unknown) => {
      const message = fromEngineProcessSchema.safeParse(raw);
      if (!message.success || child !== running || closing) return; // an engine that is stopping is not announced
      switch (message.data.type) {
        case 'previews':
          previewPort = message.data.port;
          break;
        case 'ready':
          ready = true;
          deps.onReady();
          break;
        case 'failed':
          deps.onFailed(message.data.error);
          child.postMessage({ type: 'stop' } satisfies ToEngineProcess);
          break;
      }
    });
    child.on('error', () => undefined); // a fatal error of V8: `exit` follows and is handled there
    child.on('exit', () => {
      running = undefined;
      ready = false;
      previewPort = undefined;
      if (closing) return;
      failures = deps.clock.now() - startedAt >= steadyAfterMs ? 1 : failures + 1;
      callOffRestart = deps.clock.after(restartDelayMs(failures), start);
    });
  }

  async function stop(): Promise<void> {
    callOffRestart();
    const child = running;
    if (!child) return;
    const gone = new Promise<void>((resolve) => {
      child.once('exit', () => {
        resolve();
      });
    });
    child.postMessage({ type: 'stop' } satisfies ToEngineProcess);
    const callOffKill = deps.clock.after(stopDeadlineMs, () => child.kill());
    await gone;
    callOffKill();
  }

  start();
  return {
    get ready() {
      return ready && !closing;
    },
    get previewPort() {
      return previewPort;
    },
    connect: (port) => {
      running?.postMessage({ type: 'port' } satisfies ToEngineProcess, [port]);
    },
    close: () => (closing ??= stop()),
  };
}
