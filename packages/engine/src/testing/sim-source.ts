import { pieceBytesFor } from '@enxame/shared/content/piece-size';
import { encodeManifest } from '@enxame/shared/content/manifest';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { createFullBits, createPieceBits, encodeHave, hasPiece, type PieceBits } from '@enxame/shared/peer/have';
import type { Source } from '@enxame/shared/tracker/person';
import type { ByteRange } from '../peer/byte-range.js';
import type { PeerConnection, RangeSink } from '../peer/peer-connection.js';
import type { SimClock } from './sim-clock.js';
import type { TestContent } from './test-content.js';

/** What a source in memory does to whoever asks it. */
export type SimHabit =
  | 'honest'
  /** Some pieces have wrong bytes. */
  | 'lies'
  /** Stops in the middle, and says nothing. */
  | 'stalls'
  | 'trickles'
  /** The answer is longer than was asked for, or claims to be. */
  | 'sends-too-much'
  | 'closes-in-the-middle'
  | 'changes-its-file'
  | 'is-busy'
  /** Told to have a piece, it does not. */
  | 'has-less-than-it-says'
  | 'cannot-be-dialled';

export interface SimSource {
  readonly source: Source;
  habit: SimHabit;
  /** Undefined: all of it. */
  held: PieceBits | undefined;
  connect(signal: AbortSignal): Promise<PeerConnection>;
}

const chunkBytes = 64 * 1024;
/** As the stall watch of a real connection. */
const stallMs = 30_000;
const dialTimeoutMs = 10_000;

/** A source that is reached without a network, in the time of a simulated clock. */
export function createSimSource(options: {
  readonly source: Source;
  readonly content: TestContent;
  readonly clock: SimClock;
  readonly random: () => number;
  readonly habit: SimHabit;
  readonly held?: PieceBits | undefined;
  readonly bytesPerSecond: number;
  readonly latencyMs: number;
  /** Asked for these bytes now. */
  readonly onRange: (range: ByteRange) => void;
}): SimSource {
  const { content, clock, random, latencyMs } = options;
  const pieceBytes = pieceBytesFor(content.bytes.length);
  const pieceCount = content.manifest.pieceHashes.length / 32;

  const sim: SimSource = {
    source: options.source,
    habit: options.habit,
    held: options.held,
    connect: (signal) =>
      new Promise((resolve, reject) => {
        const fails = sim.habit === 'cannot-be-dialled';
        const waitMs = fails ? random() * dialTimeoutMs : latencyMs;
        const cancel = clock.after(waitMs, () => {
          signal.removeEventListener('abort', abort);
          if (fails) reject(new EnxameError('source-unreachable'));
          else resolve(createConnection(signal));
        });
        const abort = (): void => {
          cancel();
          reject(new EnxameError('cancelled'));
        };
        signal.addEventListener('abort', abort, { once: true });
        if (signal.aborted) abort();
      }),
  };

  function createConnection(signal: AbortSignal): PeerConnection {
    let isClosed = false;
    let fail: ((error: EnxameError) => void) | undefined;
    let resume: (() => void) | undefined;
    let cancelTimer: () => void = () => undefined;
    const close = (error = new EnxameError(signal.aborted ? 'cancelled' : 'source-unreachable')): void => {
      if (isClosed) return;
      isClosed = true;
      cancelTimer();
      signal.removeEventListener('abort', abort);
      fail?.(error);
    };
    const abort = (): void => {
      close();
    };
    signal.addEventListener('abort', abort, { once: true });

    function request<T>(
      answer: (resolve: (value: T) => void, reject: (error: EnxameError) => void) => void,
    ): Promise<T> {
      if (fail) throw new Error('one request at a time');
      return new Promise<T>((resolve, reject) => {
        if (isClosed) {
          reject(new EnxameError('source-unreachable'));
          return;
        }
        const end = (): void => {
          fail = undefined;
          resume = undefined;
        };
        fail = (error) => {
          end();
          reject(error);
        };
        cancelTimer = clock.after(latencyMs, () => {
          answer(
            (value) => {
              end();
              resolve(value);
            },
            (error) => fail?.(error),
          );
        });
      });
    }

    function sendRange(range: ByteRange, sink: RangeSink, done: () => void): void {
      let position = range.start;
      const stopAt = sim.habit === 'honest' ? Infinity : range.start + random() * (range.end - range.start);
      const sendNext = (): void => {
        if (isClosed) return;
        if (sim.habit === 'changes-its-file' || (position >= stopAt && sim.habit === 'closes-in-the-middle')) {
          close();
          return;
        }
        if (position >= stopAt && (sim.habit === 'stalls' || sim.habit === 'trickles')) {
          if (sim.habit === 'trickles') give(1);
          cancelTimer = clock.after(stallMs, () => {
            close();
          });
          return;
        }
        const wantsMore = give(Math.min(chunkBytes, range.end - position));
        if (position === range.end) {
          if (sim.habit === 'sends-too-much') close(new EnxameError('source-lied'));
          else done();
          return;
        }
        const next = (): void => {
          resume = undefined;
          cancelTimer = clock.after((chunkBytes * 1000) / options.bytesPerSecond, sendNext);
        };
        if (wantsMore) next();
        else resume = next;
      };
      const give = (bytes: number): boolean => {
        const chunk = Uint8Array.from(content.bytes.subarray(position, position + bytes));
        const isWrong = sim.habit === 'lies' && Math.floor(position / pieceBytes) % 2 === 0;
        if (isWrong) chunk[0] = (chunk[0] ?? 0) ^ 1;
        position += bytes;
        try {
          return sink(chunk);
        } catch (error) {
          close(error as EnxameError);
          return true;
        }
      };
      sendNext();
    }

    function refusal(range: ByteRange): EnxameError | undefined {
      if (sim.habit === 'is-busy') return new EnxameError('source-busy', { position: 2, startsInSeconds: 3 });
      if (sim.habit === 'changes-its-file' && random() < 0.5) return new EnxameError('file-changed');
      if (sim.habit === 'has-less-than-it-says') return new EnxameError('piece-not-here');
      for (let index = Math.floor(range.start / pieceBytes); index * pieceBytes < range.end; index++)
        if (sim.held && !hasPiece(sim.held, index)) return new EnxameError('piece-not-here');
      return undefined;
    }

    return {
      pathKind: 'lan',
      betterPathError: null,
      get isClosed() {
        return isClosed;
      },
      get: (path) =>
        request((resolve, reject) => {
          if (path.endsWith('/have')) {
            const held = sim.held ?? createFullBits(pieceCount);
            resolve(encodeHave({ held: Uint8Array.from(held), given: createPieceBits(pieceCount) }));
          } else if (sim.habit === 'sends-too-much') {
            close(new EnxameError('source-lied'));
          } else if (sim.habit === 'stalls')
            cancelTimer = clock.after(stallMs, () => { close(); }); // prettier-ignore
          else if (sim.habit === 'is-busy') reject(new EnxameError('source-busy'));
          else resolve(encodeManifest(content.manifest));
        }),
      getRange: (_path, _authority, range, sink) => {
        options.onRange(range);
        return request((resolve, reject) => {
          const refused = refusal(range);
          if (refused) reject(refused);
          else {
            sendRange(range, sink, () => {
              resolve(undefined);
            });
          }
        });
      },
      exchange: () => Promise.reject(new EnxameError('not-supported')),
      post: () => Promise.reject(new EnxameError('not-supported')),
      resume: () => resume?.(),
      limitTo: () => undefined,
      close: () => {
        close();
      },
    };
  }

  return sim;
}
