import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { answerSchema } from '@enxame/shared/messages/request-table';
import { trackerRequests } from '@enxame/shared/tracker/requests';
import { createEntry } from './entries.js';
import { createFuzzRequest } from './fuzz-http.js';
import { createFuzzPayload } from './fuzz-payload.js';
import type { FuzzTarget } from './fuzz-targets.js';
import { createRandom, type Random } from './seeded-random.js';
import { connectDevice, type TestDevice } from './test-device.js';
import { askHttp, joinWeb, type HttpNet } from './web-user.js';

export interface FuzzReport {
  readonly messages: number;
  /** How many were answered how: `ok` or a code. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** At each tenth of the messages. */
  readonly heapMib: readonly number[];
  readonly rssMib: readonly number[];
}

const names = Object.keys(trackerRequests) as (keyof typeof trackerRequests)[];
const devices = 8;
const atOnce = 32;
/** One message of so many is a request over HTTP. */
const httpEvery = 4;
const measures = 10;

/**
 * Sends messages of every name and requests of every route that fit their schemas or nearly, from devices with a session and without, and looks that
 * each is answered, none as `internal`, and that the tracker serves to the end. Throws with the seed when it is not so.
 */
export async function runFuzzRounds(options: {
  readonly seed: number;
  readonly messages: number;
  readonly target: FuzzTarget;
}): Promise<FuzzReport> {
  const { seed, messages, target } = options;
  const random = createRandom(seed);
  const outcomes: Record<string, number> = {};
  const places = Array.from({ length: devices }, (_, index) => ({
    device: undefined as TestDevice | undefined,
    index,
  }));
  const heapMib: number[] = [];
  const rssMib: number[] = [];
  const toMib = (bytes: number): number => Math.round(bytes / 2 ** 20);

  async function measure(): Promise<void> {
    const { heapBytes, rssBytes, logged } = await target.measure();
    heapMib.push(toMib(heapBytes));
    rssMib.push(toMib(rssBytes));
    if (logged !== null) throw new Error(`seed ${String(seed)}: logged ${logged}`);
  }

  const net = { tracker: { address: { port: Number(new URL(target.url).port) }, trackerId: target.trackerId } };
  let joined = 0;
  try {
    // Who comes first administers, until whatever it settles ends that.
    (places[0] as (typeof places)[number]).device = await enter(target, 0, joined++);
    const tokens = [(await joinWeb(net, 'Person in a browser')).token, undefined, 'enx_x'];
    for (let sent = 0; sent < messages; sent += atOnce) {
      const round: Promise<void>[] = [];
      for (let nth = 0; nth < atOnce; nth++) {
        if (random(httpEvery) === 0) {
          round.push(askOne(net, tokens[random(tokens.length)], random, outcomes, seed));
          continue;
        }
        const place = places[random(devices)] as (typeof places)[number];
        if (place.device?.socket.connected !== true) place.device = await enter(target, place.index, joined++);
        round.push(sendOne(place.device, random, outcomes, seed));
      }
      await Promise.all(round);
      if ((sent + atOnce) * measures >= messages * (heapMib.length + 1)) await measure();
    }
    // Whatever the administrator among them settled: who comes now is answered.
    const last = await connectDevice(target);
    await last.request('session:challenge', {});
    last.close();
    await measure();
    return { messages, outcomes, heapMib, rssMib };
  } finally {
    for (const { device } of places) device?.close();
  }
}

/**
 * Every fourth has no session. One that was ended (it left, it was banned) comes again under another name, or, when the
 * administrator among them closed the registration, without one.
 */
async function enter(target: FuzzTarget, place: number, joined: number): Promise<TestDevice> {
  const device = await connectDevice(target);
  device.socket.offAny(); // nobody reads what is pushed, and it would be kept
  if (place % 4 === 3) return device;
  try {
    await device.register(`Person ${String(joined)}`);
  } catch (error) {
    if (isErrorWithCode(error, 'registration-closed', 'invitation-invalid')) return device;
    throw error;
  }
  await device.open();
  await device.request('entries:announce', { entries: [createEntry()] });
  return device;
}

async function askOne(
  net: HttpNet,
  token: string | undefined,
  random: Random,
  outcomes: Record<string, number>,
  seed: number,
): Promise<void> {
  const { method, path, init } = createFuzzRequest(random);
  const { status, body } = await askHttp<unknown>(net, path, { method, init, ...(token !== undefined && { token }) });
  const outcome = `HTTP ${String(status)}`;
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  if (status === 500) {
    throw new Error(`seed ${String(seed)}: ${method} ${path} was answered ${JSON.stringify(body)}`);
  }
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
