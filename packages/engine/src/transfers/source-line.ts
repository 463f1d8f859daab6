import type { Source } from '@enxame/shared/tracker/person';
import type { LinkHost } from './link-host.js';
import type { PeerConnection } from '../peer/peer-connection.js';

/** The connection to one source, whichever it is now: dialled when it is needed, replaced when a better path is found. */
export interface SourceLine {
  /** Undefined while there is none that works. */
  readonly current: PeerConnection | undefined;
  /** A better connection waits for the request under way to end. */
  readonly hasBetter: boolean;
  /** The best connection there is; dials when there is none. Throws as `SourcePaths.connect`. */
  get(source: Source, onDial: () => void): Promise<PeerConnection>;
  /** Also ends the search for better ones. Twice without harm. */
  hangUp(): void;
}

export function createSourceLine(
  host: Pick<LinkHost, 'connect'>,
  ended: AbortSignal,
  onBetter: () => void,
): SourceLine {
  let current: PeerConnection | undefined;
  let better: PeerConnection | undefined;
  let dialling = new AbortController();

  const isUp = (connection: PeerConnection | undefined): connection is PeerConnection =>
    connection !== undefined && !connection.isClosed;

  function hangUp(): void {
    dialling.abort();
    current?.close();
    better?.close();
    current = better = undefined;
  }

  return {
    get current() {
      return isUp(current) ? current : undefined;
    },
    get hasBetter() {
      return isUp(better);
    },
    get: async (source, onDial) => {
      if (isUp(better)) {
        current?.close();
        current = better;
      }
      better = undefined;
      if (isUp(current)) return current;
      hangUp();
      onDial();
      const own = (dialling = new AbortController());
      const signal = AbortSignal.any([ended, own.signal]);
      const connection = await host.connect(source, {
        signal,
        onBetter: (found) => {
          if (signal.aborted) {
            found.close();
            return;
          }
          better?.close();
          better = found;
          onBetter();
        },
      });
      if (signal.aborted) connection.close();
      return (current = connection);
    },
    hangUp,
  };
}
