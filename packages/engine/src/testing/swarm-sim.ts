import { pieceBytesFor, pieceCountFor, pieceLength } from '@enxame/shared/content/piece-size';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { deviceIdSchema } from '@enxame/shared/ids';
import { createPieceBits, setPiece } from '@enxame/shared/peer/have';
import type { Source } from '@enxame/shared/tracker/person';
import { parseContentManifest } from '../transfers/manifest-cache.js';
import { createBufferBudget } from '../transfers/piece-buffers.js';
import { createPieceMap } from '../transfers/piece-map.js';
import { createSwarm } from '../transfers/swarm.js';
import { createSlots } from '../waiting/slots.js';
import { createSimClock } from './sim-clock.js';
import { createSimSource, type SimHabit, type SimSource } from './sim-source.js';
import { createTestContent, type TestContent } from './test-content.js';

const habits: readonly SimHabit[] = [
  'honest',
  'honest',
  'lies',
  'stalls',
  'trickles',
  'sends-too-much',
  'closes-in-the-middle',
  'changes-its-file',
  'is-busy',
  'has-less-than-it-says',
  'cannot-be-dialled',
];
const kib = 1024;
const maxPieces = 12;
/** Until then everything happens; then one honest source comes and stays. */
const troubleMs = 90_000;
const patienceMs = 600_000;
const budgetBytes = 4 * 1024 * kib;

export interface SimResult {
  readonly faults: readonly string[];
  readonly steps: number;
  readonly sources: number;
}

/** Content once for all runs: hashing it anew would be all that a long run does. */
const contents = new Map<number, TestContent>();
function contentOf(size: number): TestContent {
  const content = contents.get(size) ?? createTestContent(size);
  contents.set(size, content);
  return content;
}

/** The same numbers for the same seed. (mulberry32) */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * One download in a world of sources that do whatever they like, joining and leaving, while the clock jumps; at last an
 * honest one comes. Tells what should not have happened.
 */
export async function simulateSwarm(seed: number): Promise<SimResult> {
  const random = createRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const clock = createSimClock();
  const size = 1 + below(maxPieces) * 256 * kib + below(2) * (255 * kib);
  const content = contentOf(size);
  const pieces = createPieceMap(size);
  const pieceBytes = pieceBytesFor(size);
  const faults: string[] = [];
  const disk = Buffer.alloc(size);
  const budget = createBufferBudget(budgetBytes);
  /** In some worlds the disk is full after so many pieces. */
  let writesLeft = random() < 0.1 ? below(maxPieces) : Infinity;
  let steps = 0;

  function checkRange({ start, end }: { start: number; end: number }): void {
    for (let index = start / pieceBytes; index * pieceBytes < end; index++)
      if (pieces.isVerified(index)) faults.push(`piece ${String(index)} was asked after it was verified`);
  }

  function createSource(number: number, habit: SimHabit): SimSource {
    const isPart = random() < 0.3;
    const held = isPart ? createPieceBits(pieceCountFor(size)) : undefined;
    if (held) for (let index = 0; index < pieces.count; index++) if (random() < 0.5) setPiece(held, index);
    const deviceId = deviceIdSchema.parse(`${'abcdefghijklmnopqrstuvwxyz'.charAt(number).repeat(51)}a`);
    const source = { deviceId, userName: `S${String(number)}`, addresses: [], complete: !isPart } as unknown as Source;
    return createSimSource({
      source,
      content,
      clock,
      random,
      habit,
      held,
      bytesPerSecond: 20_000 * 10 ** (random() * 3),
      latencyMs: 1 + below(300),
      onRange: checkRange,
    });
  }

  const sources = Array.from({ length: 1 + below(8) }, (_, number) =>
    createSource(number, habits[below(habits.length)] ?? 'honest'),
  );
  let listed = sources.filter(() => random() < 0.7);
  const swarm = createSwarm(
    {
      paths: {
        connect: async (source, { signal, onBetter }) => {
          const found = sources.find((each) => each.source.deviceId === source.deviceId);
          if (!found) throw new Error('an unknown source');
          const connection = await found.connect(signal);
          if (random() < 0.3) {
            clock.after(below(5000), () => {
              // A better path that fails is told to nobody.
              if (!signal.aborted) found.connect(signal).then(onBetter, () => undefined);
            });
          }
          return connection;
        },
      },
      slots: createSlots(1),
      dials: createSlots(3),
      budget,
      timers: clock,
      random,
    },
    {
      contentId: content.contentId,
      name: 'a file',
      personName: 'Ana',
      feed: {
        get sources() {
          return listed.map(({ source }) => source);
        },
        authority: { ticket: 't' },
        error: undefined,
        isStale: () => false,
        refresh: () => Promise.resolve(),
        close: () => undefined,
      },
      onProgress: () => undefined,
      onChange: () => undefined,
    },
  );

  function makeTrouble(): void {
    const source = sources[below(sources.length)];
    const event = below(10);
    if (event < 4) listed = sources.filter(() => random() < 0.7);
    else if (event < 6 && source) source.habit = habits[below(habits.length)] ?? 'honest';
    else if (event === 6) clock.jump(below(2) * 3_600_000);
    else if (event === 9) clock.set((below(3) - 1) * 3_600_000);
    else if (event === 7) swarm.redial();
    else if (event === 8 && source?.held) setPiece(source.held, below(pieces.count));
    swarm.update();
  }

  async function fetch(): Promise<void> {
    const manifest = await swarm.fetchManifest(10_000, (bytes) =>
      Promise.resolve(parseContentManifest(content.contentId, bytes)),
    );
    if (pieces.isComplete) return;
    await swarm.fetchPieces({
      manifest,
      pieces,
      file: {
        write: async (written, first) => {
          await new Promise<void>((resolve) => clock.after(below(20), resolve));
          if (writesLeft-- === 0) throw new EnxameError('disk-full');
          for (const [place, bytes] of written.entries()) {
            const index = first + place;
            const start = index * pieceBytes;
            if (!content.bytes.subarray(start, start + pieceLength(size, index)).equals(bytes))
              faults.push(`wrong bytes of piece ${String(index)} were written`);
            disk.set(bytes, start);
          }
        },
      },
      onVerified: () => undefined,
    });
  }

  /** `end`: empty when it is done, else the code with which it ended. */
  const state: { end?: string; isRescued: boolean } = { isRescued: false };
  const fetching = fetch().then(
    () => (state.end = ''),
    (error: unknown) => (state.end = error instanceof Error ? error.message : String(error)),
  );
  const isOpen = (): boolean => state.end === undefined;
  const startedAt = clock.now();
  let troubles = 3 + below(20);
  const trouble = (): void => {
    if (!isOpen()) return;
    if (troubles-- > 0) {
      makeTrouble();
      clock.after(below((2 * troubleMs) / 20), trouble);
      return;
    }
    state.isRescued = true;
    const rescuer = createSource(20, 'honest');
    rescuer.held = undefined;
    sources.push({ ...rescuer, source: { ...rescuer.source, complete: true } });
    listed = [...listed, ...sources.slice(-1)];
    swarm.update();
  };
  clock.after(below(5000), trouble);
  while (isOpen()) {
    steps++;
    if (budget.usedBytes > budgetBytes) faults.push(`${String(budget.usedBytes)} bytes of buffers were in use`);
    if (!(await clock.step(startedAt + 10 * 3_600_000 * 24))) {
      faults.push(state.isRescued ? 'nothing more happens, though an honest source is there' : 'nothing more happens');
      break;
    }
    if (steps > 200_000) {
      faults.push('it does not end');
      break;
    }
  }
  await swarm.close();
  await Promise.race([fetching, Promise.resolve()]);
  for (let rest = 0; rest < 100 && clock.waiting > 0; rest++) await clock.step(clock.now() + patienceMs);
  if (state.end === '' && !disk.equals(content.bytes)) faults.push('the bytes are not those of the content');
  const isFull = state.end === 'disk-full' && writesLeft < 0;
  // All sources lied: that is an end, too, unless one is there that does not.
  if (state.end !== '' && !isFull && (state.isRescued || state.end !== 'piece-mismatch'))
    faults.push(`it ended: ${String(state.end)}`);
  if (budget.usedBytes !== 0) faults.push(`${String(budget.usedBytes)} bytes of buffers were not given back`);
  if (clock.waiting > 0) faults.push('a timer was left');
  return { faults, steps, sources: sources.length };
}
