import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { createDeviceGrant } from '@enxame/identity/device-grant';
import { encodePublicKey, toDeviceId, toUserId } from '@enxame/identity/public-key';
import { signStatement } from '@enxame/identity/signing';
import { createUserKey } from '@enxame/identity/user-key';
import { registrationStatement, sessionStatement, type DeviceGrant } from '@enxame/shared/identity/grant';
import { trackerIdSchema, type DeviceId } from '@enxame/shared/ids';
import { answerSchema, type PayloadIn, type ReplyOf, type RequestName } from '@enxame/shared/messages/request-table';
import type { TrackerRequests } from '@enxame/shared/tracker/requests';
import { WebSocket } from 'ws';
import type { Random } from './random.js';

/** One for all, because each device has a processor of its own. The types of `ws` do not know that it hands this on. */
const tlsOptions: object = { secureContext: createSecureContext() };

/** As an engine waits (packages/engine/src/tracker/tracker-patience.ts). */
const connectTimeoutMs = 30_000;

/** Keys of a user with one device. */
export interface LoadUser {
  readonly name: string;
  readonly userKey: KeyObject;
  readonly deviceKey: KeyObject;
  readonly deviceId: DeviceId;
  /** Signed before anything is measured: each device has a processor of its own. */
  readonly grant: DeviceGrant;
}

export function createLoadUser(name: string, random: Random): LoadUser {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const userKey = createUserKey(Buffer.from(random.bytes(32)));
  const grant = createDeviceGrant(userKey, {
    publicKey: pair.publicKey,
    name: 'a computer',
    issuedAt: 1_700_000_000_000,
  });
  return { name, userKey, deviceKey: pair.privateKey, deviceId: toDeviceId(pair.publicKey), grant };
}

/** A device with as little around it as there can be: thousands of them are to run beside the tracker. */
export interface LoadDevice {
  request<N extends RequestName<TrackerRequests>>(
    name: N,
    payload: PayloadIn<TrackerRequests, N>,
  ): Promise<ReplyOf<TrackerRequests, N>>;
  close(): Promise<void>;
}

/** Connects. `onPush`: the text of each push as it came, `["name",payload]`. */
export async function connectLoadDevice(
  tracker: { readonly url: string },
  onPush: (text: string) => void = () => undefined,
): Promise<LoadDevice> {
  const url = `${tracker.url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(url, { rejectUnauthorized: false, perMessageDeflate: false, ...tlsOptions });
  const waiting = new Map<number, (answer: unknown) => void>();
  let nextId = 0;
  let failWaiting: (error: Error) => void = () => undefined;
  const broken = new Promise<never>((_resolve, reject) => (failWaiting = reject));
  broken.catch(() => undefined); // told to whoever waits; when nobody does, it is no news

  const ready = new Promise<void>((resolve) => {
    // Engine.IO 4 in one digit, Socket.IO 5 in the next: 0 open, 2 ping, 4 message; 40 connected, 42 event, 43 answer.
    socket.on('message', (data: Buffer) => {
      const text = data.toString('utf8');
      if (text === '2') socket.send('3');
      else if (text.startsWith('0')) socket.send('40');
      else if (text.startsWith('40')) resolve();
      else if (text.startsWith('42')) onPush(text.slice(2));
      else if (text.startsWith('43')) {
        const start = text.indexOf('[');
        const id = Number(text.slice(2, start));
        const [answer] = JSON.parse(text.slice(start)) as [unknown];
        waiting.get(id)?.(answer);
        waiting.delete(id);
      }
    });
  });
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      failWaiting(new Error('the connection ended'));
      resolve();
    });
  });
  socket.on('error', (error) => {
    failWaiting(error);
  });
  const deadline = setTimeout(() => {
    socket.terminate();
  }, connectTimeoutMs);
  await Promise.race([ready, broken]).finally(() => {
    clearTimeout(deadline);
  });

  return {
    request: async (name, payload) => {
      const id = nextId++;
      const reply = new Promise<unknown>((resolve) => waiting.set(id, resolve));
      socket.send(`42${String(id)}${JSON.stringify([name, payload])}`);
      const answer = answerSchema.parse(await Promise.race([reply, broken]));
      if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`);
      // The tracker is ours, and its answers are checked elsewhere: here a schema would measure the client.
      return answer.reply as never;
    },
    close: async () => {
      socket.close();
      await closed;
    },
  };
}

/** Connects and opens a session; `isNew`: registers the name first. */
export async function joinAs(
  user: LoadUser,
  tracker: { readonly url: string; readonly trackerId: string },
  options: { readonly isNew: boolean; readonly onPush?: (text: string) => void },
): Promise<LoadDevice> {
  const device = await connectLoadDevice(tracker, options.onPush);
  const trackerId = trackerIdSchema.parse(tracker.trackerId);
  const { name, grant, deviceId } = user;
  if (options.isNew) {
    const { nonce } = await device.request('session:challenge', {});
    const publicKey = createPublicKey(user.userKey);
    const statement = registrationStatement({ trackerId, nonce, userId: toUserId(publicKey), name });
    const signature = signStatement(user.userKey, statement);
    await device.request('user:register', { name, userKey: encodePublicKey(publicKey), signature });
  }
  const { nonce } = await device.request('session:challenge', {});
  const signature = signStatement(user.deviceKey, sessionStatement({ trackerId, nonce, deviceId }));
  await device.request('session:open', { grant, signature, addresses: [] });
  return device;
}
