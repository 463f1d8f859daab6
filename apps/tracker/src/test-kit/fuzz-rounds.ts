import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { answerSchema } from '@enxame/shared/messages/request-table';
import { trackerRequests } from '@enxame/shared/tracker/requests';
import { defaultLimits } from '../limits.js';
import { createEntry } from './entries.js';
import { createFuzzPayload } from './fuzz-payload.js';
import { createRandom, type Random } from './seeded-random.js';
import type { TestDevice } from './test-device.js';
import { startTestTracker, type TestTracker } from './test-tracker.js';

export interface FuzzReport {
  readonly messages: number;
  /** How many were answered how: `ok` or a code. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Of the whole process, clients and all, after a tenth of the messages and after all. */
  readonly heapMib: readonly [number, number];
}

const names = Object.keys(trackerRequests) as (keyof typeof trackerRequests)[];
const devices = 8;
const atOnce = 32;
const unlimited = { perSecond: 1e9, burst: 1e9 };

/**
 * Sends messages of every name that fit their schemas or nearly, from devices with a session and without, and looks that
 * each is answered, none as `internal`, and that the tracker serves to the end. Throws with the seed when it is not so.
 */
export async function runFuzzRounds(options: {
  readonly seed: number;
  readonly messages: number;
  /** Runs the garbage collector, and answers the heap in bytes. */
  readonly heapBytes: () => number;
}): Promise<FuzzReport> {
  const random = createRandom(options.seed);
  const net = await startTestTracker({
    limits: {
      requestsPerSecond: 1e9,
      requestTokens: { enter: unlimited, change: unlimited, look: unlimited },
      registrationsPerHour: 1e9,
      pathAsksPerMinute: 1e9,
      connections: defaultLimits.connections,
    },
  });
  const outcomes: Record<string, number> = {};
  const places = Array.from({ length: devices }, (_, index) => ({
    device: undefined as TestDevice | undefined,
    index,
  }));
  let joined = 0;
  let early = 0;
  try {
    for (let sent = 0; sent < options.messages; sent += atOnce) {
      const round: Promise<void>[] = [];
      for (let nth = 0; nth < atOnce; nth++) {
        const place = places[random(devices)] as (typeof places)[number];
        if (place.device?.socket.connected !== true) place.device = await enter(net, place.index, joined++);
        round.push(sendOne(place.device, random, outcomes, options.seed));
      }
      await Promise.all(round);
      if (early === 0 && sent * 10 >= options.messages) early = options.heapBytes();
    }
    // Whatever the administrator among them settled: who comes now is answered.
    await (await net.connect()).request('session:challenge', {});
    if (net.logged.length > 0) throw new Error(`seed ${String(options.seed)}: logged ${JSON.stringify(net.logged[0])}`);
    const toMib = (bytes: number): number => Math.round(bytes / 2 ** 20);
    return { messages: options.messages, outcomes, heapMib: [toMib(early), toMib(options.heapBytes())] };
  } finally {
    await net.close();
  }
}

/**
 * Every fourth has no session. One that was ended (it left, it was banned) comes again under another name, or, when the
 * administrator among them closed the registration, without one.
 */
async function enter(net: TestTracker, place: number, joined: number): Promise<TestDevice> {
  if (place % 4 === 3) return net.connect();
  const device = await net.connect();
  try {
    await device.register(`Person ${String(joined)}`);
  } catch (error) {
    if (isErrorWithCode(error, 'registration-closed', 'invitation-invalid')) return device;
    throw error;
  }
  await device.open();
  await device.request('entries:announce', { entries: [createEntry()] });
  device.socket.offAny(); // nobody reads what is pushed, and it would be kept
  return device;
}

async function sendOne(
  device: TestDevice,
  random: Random,
  outcomes: Record<string, number>,
  seed: number,
): Promise<void> {
  const name = names[random(names.length)] as (typeof names)[number];
  const payload = createFuzzPayload(trackerRequests[name].payload, random);
  const answer = await Promise.race([device.raw(name, payload), device.disconnected.then(() => 'ended' as const)]);
  if (answer === 'ended') {
    outcomes['ended'] = (outcomes['ended'] ?? 0) + 1;
    return;
  }
  const parsed = answerSchema.parse(answer);
  const outcome = parsed.ok ? 'ok' : parsed.error.code;
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  if (outcome === 'internal') {
    throw new Error(`seed ${String(seed)}: ${name} was answered internal: ${JSON.stringify(payload).slice(0, 500)}`);
  }
}
