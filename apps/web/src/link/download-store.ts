import type { EnxameError } from '@enxame/shared/errors/enxame-error';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { toApiError } from '../api/tracker-api.js';
import { createContentStream, type ContentStream, type StreamDeps } from './content-stream.js';

/** Larger files go to the browser's own downloads: a page would have to hold them in memory. */
export const maxStreamedBytes = 256 * 1024 * 1024;
/** The speed is that of so many last milliseconds. */
const rateMs = 3000;
/** The screen follows four times a second. */
const showEveryMs = 250;

export type DownloadState =
  | { readonly kind: 'idle' }
  /** The browser does it, where this page does not see. */
  | { readonly kind: 'native' }
  | { readonly kind: 'moving'; readonly bytes: number; readonly bytesPerSecond: number; readonly isRetrying: boolean }
  | { readonly kind: 'checking' }
  | { readonly kind: 'done'; readonly isVerified: boolean }
  | { readonly kind: 'differs' }
  | { readonly kind: 'stopped'; readonly bytes: number; readonly error: EnxameError };

export interface DownloadDeps extends StreamDeps {
  readonly now: () => number;
  /** Gives the file to the person. */
  readonly save: (parts: readonly Uint8Array<ArrayBuffer>[], name: string) => void;
}

export interface WantedContent {
  readonly url: string;
  readonly name: string;
  readonly size: number;
  /** Null: not known yet; the file is then received, not verified. */
  readonly sha256: string | null;
}

export interface DownloadStore extends StoreApi<DownloadState> {
  /** Receives the content, or goes on where it stopped. */
  readonly start: (wanted: WantedContent) => Promise<void>;
  readonly cancel: () => void;
  /** Says that the browser took it. */
  readonly handOver: () => void;
}

/** One download into this page: received, compared with its SHA-256, and only then given to the person. */
export function createDownloadStore(deps: DownloadDeps): DownloadStore {
  const store = createStore<DownloadState>(() => ({ kind: 'idle' }));
  const show = (state: DownloadState): void => {
    store.setState(state, true);
  };
  let running: AbortController | undefined;
  let stream: { readonly url: string; readonly content: ContentStream } | undefined;

  async function receive({ url, name, size, sha256 }: WantedContent, signal: AbortSignal): Promise<void> {
    if (stream?.url !== url) stream = { url, content: createContentStream(deps, { url, size }) };
    const { content } = stream;
    const rate = createRate(deps.now);
    let shownAt = -Infinity;
    show({ kind: 'moving', bytes: content.bytes, bytesPerSecond: 0, isRetrying: false });
    try {
      const received = await content.run(({ bytes, isRetrying }) => {
        const bytesPerSecond = rate(bytes);
        if (!isRetrying && deps.now() - shownAt < showEveryMs) return;
        shownAt = deps.now();
        show({ kind: 'moving', bytes, bytesPerSecond, isRetrying });
      }, signal);
      stream = undefined;
      show({ kind: 'checking' });
      const differs = sha256 !== null && received.sha256 !== sha256;
      if (!differs) deps.save(received.parts, name);
      show(differs ? { kind: 'differs' } : { kind: 'done', isVerified: sha256 !== null });
    } catch (thrown) {
      const error = toApiError(thrown, signal);
      if (error.code === 'piece-mismatch') {
        stream = undefined;
        show({ kind: 'differs' });
      } else if (error.code === 'cancelled') {
        stream = undefined;
        show({ kind: 'idle' });
      } else show({ kind: 'stopped', bytes: content.bytes, error });
    }
  }

  return {
    ...store,
    start: async (wanted) => {
      if (running) return;
      running = new AbortController();
      try {
        await receive(wanted, running.signal);
      } finally {
        running = undefined;
      }
    },
    cancel: () => {
      running?.abort();
    },
    handOver: () => {
      show({ kind: 'native' });
    },
  };
}

/** Bytes a second over the last moments. */
function createRate(now: () => number): (bytes: number) => number {
  const samples: { readonly at: number; readonly bytes: number }[] = [];
  return (bytes) => {
    const at = now();
    samples.push({ at, bytes });
    while (samples.length > 2 && at - (samples[0]?.at ?? at) > rateMs) samples.shift();
    const first = samples[0];
    return first && at > first.at ? Math.max(0, ((bytes - first.bytes) / (at - first.at)) * 1000) : 0;
  };
}
