import { signStatement } from '@enxame/identity/signing';
import { fromErrorInfo } from '@enxame/shared/errors/enxame-error';
import { registrationStatement, sessionStatement } from '@enxame/shared/identity/grant';
import type { TrackerId } from '@enxame/shared/ids';
import { answerSchema, type PayloadIn, type ReplyOf, type RequestName } from '@enxame/shared/messages/request-table';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { TrackerPushes, TrackerPushName } from '@enxame/shared/tracker/pushes';
import { trackerRequests, type TrackerRequests } from '@enxame/shared/tracker/requests';
import { io, type Socket } from 'socket.io-client';
import { createTestUser, type TestUser } from './test-user.js';

/** Longer than any answer takes on a busy machine. */
const defaultAnswerMs = 10_000;

/** A device on the other end of a real connection, with nothing of the engine's patience. */
export interface TestDevice {
  readonly user: TestUser;
  readonly socket: Socket;
  /** Throws the error that was answered. The reply has passed its schema. */
  request<N extends RequestName<TrackerRequests>>(
    name: N,
    payload: PayloadIn<TrackerRequests, N>,
  ): Promise<ReplyOf<TrackerRequests, N>>;
  /** Sends anything under any name. */
  raw(name: string, payload: unknown): Promise<unknown>;
  register(name: string, invitation?: string): Promise<ReplyOf<TrackerRequests, 'user:register'>>;
  open(addresses?: readonly DeviceAddress[]): Promise<ReplyOf<TrackerRequests, 'session:open'>>;
  /** The first push from now on, or among those not looked at yet, that fits. */
  pushed<N extends TrackerPushName>(name: N, fits?: (payload: TrackerPushes[N]) => boolean): Promise<TrackerPushes[N]>;
  readonly disconnected: Promise<void>;
  close(): void;
}

export async function connectDevice(
  tracker: { readonly url: string; readonly trackerId: TrackerId },
  user: TestUser = createTestUser(),
  answerMs = defaultAnswerMs,
): Promise<TestDevice> {
  const socket = io(tracker.url, {
    transports: ['websocket'],
    rejectUnauthorized: false,
    reconnection: false,
    forceNew: true,
  });
  const disconnected = new Promise<void>((resolve) => {
    socket.on('disconnect', () => {
      resolve();
    });
  });
  const unseen: { name: string; payload: unknown }[] = [];
  const waiting = new Set<() => void>();
  socket.onAny((name: string, payload: unknown) => {
    unseen.push({ name, payload });
    for (const look of [...waiting]) look();
  });
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', resolve);
    socket.on('connect_error', reject);
  });

  const raw = (name: string, payload: unknown): Promise<unknown> => socket.timeout(answerMs).emitWithAck(name, payload);

  async function request<N extends RequestName<TrackerRequests>>(
    name: N,
    payload: PayloadIn<TrackerRequests, N>,
  ): Promise<ReplyOf<TrackerRequests, N>> {
    const answer = answerSchema.parse(await raw(name, payload));
    if (!answer.ok) throw fromErrorInfo(answer.error);
    return trackerRequests[name].reply.parse(answer.reply) as ReplyOf<TrackerRequests, N>;
  }

  return {
    user,
    socket,
    disconnected,
    request,
    raw,
    register: async (name, invitation) => {
      const { nonce } = await request('session:challenge', {});
      const statement = registrationStatement({ trackerId: tracker.trackerId, nonce, userId: user.userId, name });
      const signature = signStatement(user.userKey, statement);
      return request('user:register', { name, userKey: user.userKeyText, signature, invitation });
    },
    open: async (addresses = []) => {
      const { nonce } = await request('session:challenge', {});
      const statement = sessionStatement({ trackerId: tracker.trackerId, nonce, deviceId: user.deviceId });
      const signature = signStatement(user.deviceKey, statement);
      return request('session:open', { grant: user.grant, signature, addresses: [...addresses] });
    },
    pushed: (name, fits = () => true) =>
      new Promise((resolve) => {
        const look = (): void => {
          const index = unseen.findIndex((push) => push.name === name && fits(push.payload as never));
          if (index === -1) return;
          const [push] = unseen.splice(index, 1);
          waiting.delete(look);
          resolve(push?.payload as never);
        };
        waiting.add(look);
        look();
      }),
    close: () => {
      socket.disconnect();
    },
  };
}
