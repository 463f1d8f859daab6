import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { toApiError, toRefusal } from '../api/tracker-api.js';

/** No byte for so long, and the connection is taken as lost. */
const stallMs = 30_000;
/** Pauses before each new try; after the last without a single byte it is for the person to decide. */
const pausesMs = [500, 1000, 2000, 4000, 8000, 15_000];
/** Refusals that pass by themselves. */
const passing = ['tracker-unreachable', 'timed-out', 'rate-limited', 'source-busy', 'tracker-draining'] as const;

export interface StreamDeps {
  readonly fetch: typeof globalThis.fetch;
  /** Rejects when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface StreamProgress {
  readonly bytes: number;
  readonly isRetrying: boolean;
}

export interface ReceivedContent {
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
  /** Hex, of all that came. */
  readonly sha256: string;
}

/**
 * A content that this page receives into memory and hashes on the way. Owns what has arrived: after a lost connection it
 * goes on from there (Range, If-Range), by itself a few times, and when `run` is called again.
 */
export interface ContentStream {
  readonly bytes: number;
  /** Throws `cancelled`, or why the tracker refused, or `tracker-unreachable` after the last try. */
  run(onProgress: (progress: StreamProgress) => void, signal: AbortSignal): Promise<ReceivedContent>;
}

export function createContentStream(deps: StreamDeps, { url, size }: { url: string; size: number }): ContentStream {
  let parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  let hash = sha256.create();
  let version: string | null = null;

  function startAgain(): void {
    parts = [];
    bytes = 0;
    hash = sha256.create();
  }

  async function receive(onProgress: (progress: StreamProgress) => void, signal: AbortSignal): Promise<void> {
    const stalled = new AbortController();
    const either = AbortSignal.any([signal, stalled.signal]);
    let timer = setTimeout(() => stalled.abort(), stallMs);
    try {
      const isRest = bytes > 0 && version !== null;
      const response = await deps.fetch(url, {
        signal: either,
        ...(isRest && { headers: { range: `bytes=${String(bytes)}-`, 'if-range': version ?? '' } }),
      });
      if (!response.ok) throw toRefusal(await response.json());
      if (response.status !== 206) startAgain();
      version = response.headers.get('etag');
      const reader = response.body?.getReader();
      for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
        clearTimeout(timer);
        timer = setTimeout(() => stalled.abort(), stallMs);
        parts.push(read.value);
        bytes += read.value.length;
        hash.update(read.value);
        // More than was promised is another file; the hash would say so, but memory has an end.
        if (bytes > size) throw new EnxameError('piece-mismatch');
        onProgress({ bytes, isRetrying: false });
      }
    } catch (error) {
      throw toApiError(error, signal, stalled.signal);
    } finally {
      clearTimeout(timer);
    }
    if (bytes < size) throw new EnxameError('tracker-unreachable');
  }

  return {
    get bytes() {
      return bytes;
    },
    run: async (onProgress, signal) => {
      for (let failures = 0; bytes < size || size === 0;) {
        const before = bytes;
        try {
          await receive(onProgress, signal);
          break;
        } catch (error) {
          failures = bytes > before ? 1 : failures + 1;
          const pauseMs = pausesMs[failures - 1];
          if (!isErrorWithCode(error, ...passing) || pauseMs === undefined) throw error;
          onProgress({ bytes, isRetrying: true });
          await deps.wait(pauseMs, signal).catch((aborted: unknown) => {
            throw toApiError(aborted, signal);
          });
        }
      }
      return { parts, sha256: bytesToHex(hash.clone().digest()) };
    },
  };
}
