import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDeviceIdentity } from '../identity/device-identity.js';
import { createSilentLogger } from '../library/testing/silent-logger.js';
import {
  createTrackerKeys,
  refusal,
  startHostileTracker,
  userIdOfNobody,
  welcome,
  type HostileTracker,
  type TrackerAnswer,
} from '../testing/hostile-tracker.js';
import { createCondition, type Condition } from '../testing/until.js';
import { openTrackerBook, type TrackerBook } from './tracker-book.js';
import { createTrackerConnection, type TrackerConnection } from './tracker-connection.js';

let folder: string;
let book: TrackerBook;
let told: Condition;
let connection: TrackerConnection;
const trackers: HostileTracker[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-tracker-link-'));
  const onBroken = (notice: Error): never => { throw notice; }; // prettier-ignore
  book = await openTrackerBook(folder, onBroken);
  told = createCondition();
  connection = createTrackerConnection({
    book,
    identity: await openDeviceIdentity(folder, Date.now),
    device: () => ({ name: 'a computer', addresses: [{ host: '127.0.0.1', port: 1 }] }),
    onStatus: () => {
      told.changed();
    },
    logger: createSilentLogger(),
    now: Date.now,
    random: () => 0,
  });
});
afterEach(async () => {
  await connection.close();
  for (const tracker of trackers.splice(0)) await tracker.close();
  await rm(folder, { recursive: true });
});

async function startTracker(answer?: TrackerAnswer, options: Parameters<typeof startHostileTracker>[0] = {}) {
  const tracker = await startHostileTracker({ ...(answer && { answer }), ...options });
  trackers.push(tracker);
  return tracker;
}

const use = ({ url, trackerId, hello }: HostileTracker): Promise<void> =>
  book.use({ url, trackerId, key: hello.key, name: hello.name, words: '', user: null });
const isConnected = (): boolean => connection.status?.connected === true;
const hasError = (code: string) => (): boolean => connection.status?.error?.code === code;

describe('staying connected to a tracker', () => {
  it('opens a session, and remembers who this is there', async () => {
    const tracker = await startTracker();
    await use(tracker);
    await connection.restart();
    expect(connection.status).toMatchObject({ connected: true, error: null, nextTryAt: null });
    expect(book.current?.user).toEqual({ id: userIdOfNobody, name: 'Rui' });
    expect(tracker.requests).toEqual(['session:challenge', 'session:open']);
  });

  it('is connected without a session while nobody is registered, and has one right after', async () => {
    let registered = false;
    const tracker = await startTracker((name, payload) => {
      if (name === 'user:register') registered = true;
      if (name === 'session:open' && !registered) throw refusal('not-registered');
      return welcome(name, payload);
    });
    await use(tracker);
    await connection.restart();
    expect([isConnected(), connection.session]).toEqual([true, undefined]);
    const sessions: unknown[] = [];
    connection.onSession((session) => sessions.push(session));
    expect(await connection.register('Rui')).toEqual({ id: userIdOfNobody, name: 'Rui' });
    expect(sessions).toEqual([connection.session]);
  });

  it('connects again by itself when the tracker was gone, and ends what was asked meanwhile', async () => {
    const keys = createTrackerKeys();
    const first = await startTracker((name, payload) => (name === 'catalogue:list' ? new Promise(() => undefined) : welcome(name, payload)), { keys }); // prettier-ignore
    await use(first);
    await connection.restart();
    const { session } = connection;
    const asked = expect(session?.request('people:watch', {})).rejects.toMatchObject({ code: 'bad-request' });
    await asked; // its answer is not what the schema says
    const port = Number(new URL(first.url).port);
    await first.close();
    await told.until(hasError('tracker-offline'));
    expect([connection.session, session?.ended.aborted]).toEqual([undefined, true]);
    await expect(session?.request('people:watch', {})).rejects.toThrow('tracker-offline');
    await startTracker(welcome, { keys, port });
    await told.until(isConnected);
    expect(connection.session).not.toBe(session);
  });

  it('T1: comes back without asking who answers while the certificate is the one that was proven, and asks when it is not', async () => {
    const keys = createTrackerKeys();
    const first = await startTracker(welcome, { keys });
    await use(first);
    await connection.restart();
    const before = connection.session;
    first.sockets.forEach((socket) => socket.disconnect(true));
    await told.until(() => isConnected() && connection.session !== before);
    expect(first.hellos).toBe(1);
    const port = Number(new URL(first.url).port);
    await first.close();
    const second = await startTracker(welcome, { keys, port });
    await told.until(() => second.requests.includes('session:open'));
    expect(second.hellos).toBe(1);
  });

  it('T1: asks who answers after its session was refused', async () => {
    let isRefused = false;
    const tracker = await startTracker((name, payload) => {
      if (isRefused) throw refusal('signature-invalid');
      return welcome(name, payload);
    });
    await use(tracker);
    await connection.restart();
    isRefused = true;
    tracker.sockets.forEach((socket) => socket.disconnect(true));
    await tracker.told.until(() => tracker.requests.filter((name) => name === 'session:challenge').length >= 3);
    expect(tracker.hellos).toBe(2);
  });

  it('does not believe another key at the same address', async () => {
    const first = await startTracker();
    await use(first);
    await first.close();
    const other = await startTracker(welcome, { port: Number(new URL(first.url).port) });
    await connection.restart();
    expect(connection.status).toMatchObject({ connected: false, error: { code: 'tracker-identity-changed' } });
    expect(other.sockets.size).toBe(0);
  });

  it('T83: comes back when a tracker that stops for a moment said so', async () => {
    const tracker = await startTracker();
    await use(tracker);
    await connection.restart();
    const [socket] = tracker.sockets;
    const startedAt = Date.now();
    socket?.emit('tracker:draining', { comeBackMs: 60_000 });
    socket?.disconnect(true);
    await told.until(() => typeof connection.status?.nextTryAt === 'number');
    expect((connection.status?.nextTryAt ?? 0) - startedAt).toBeGreaterThanOrEqual(60_000);
    connection.retry(); // the time counts once
    await told.until(isConnected);
    tracker.sockets.forEach((again) => again.disconnect(true));
    await told.until(() => typeof connection.status?.nextTryAt === 'number');
    expect((connection.status?.nextTryAt ?? 0) - Date.now()).toBeLessThan(1000);
  });

  it('survives whatever a tracker pushes', async () => {
    const tracker = await startTracker();
    await use(tracker);
    await connection.restart();
    const pushes: unknown[] = [];
    connection.onPush('people:changed', () => {
      throw new Error('a listener that fails');
    });
    connection.onPush('people:changed', (push) => pushes.push(push));
    const heard = new Promise((resolve) => connection.onPush('sources:changed', resolve));
    const [socket] = tracker.sockets;
    socket?.emit('people:changed', 'garbage');
    socket?.emit('people:changed', { total: -1, people: null });
    socket?.emit('__proto__', {});
    socket?.emit('constructor', null, 1, 2);
    socket?.emit('sources:changed', { contentId: '../x', sources: [] });
    socket?.emit('people:changed', { total: 0, people: [] });
    socket?.emit('sources:changed', { contentId: 'a'.repeat(52), sources: [] });
    await heard;
    expect(pushes).toEqual([{ total: 0, people: [] }]);
    expect(isConnected()).toBe(true);
  });

  it.each([
    ['answers garbage', () => 'garbage', 'bad-request'],
    ['refuses the device', () => { throw refusal('signature-invalid'); }, 'signature-invalid'], // prettier-ignore
  ])('one that %s is tried again later', async (_, answer, code) => {
    const tracker = await startTracker(answer);
    await use(tracker);
    await connection.restart();
    expect(connection.status).toMatchObject({ connected: false, error: { code } });
    await tracker.told.until(() => tracker.requests.filter((name) => name === 'session:challenge').length >= 2);
  });

  it('leaves one tracker for another, however fast the mind changes, and is left with one connection', async () => {
    const [first, second] = [await startTracker(), await startTracker()];
    await use(first);
    const restarts = [connection.restart()];
    await use(second);
    restarts.push(connection.restart(), connection.restart());
    await Promise.all(restarts);
    expect(connection.status).toMatchObject({ connected: true, trackerId: second.trackerId });
    await second.told.until(() => second.sockets.size === 1);
    expect(first.sockets.size).toBe(0);
  });

  it('stays closed', async () => {
    const tracker = await startTracker();
    await use(tracker);
    const starting = connection.restart();
    await connection.close();
    await starting;
    await connection.restart();
    expect([connection.session, isConnected()]).toEqual([undefined, false]);
    await connection.close();
  });

  it('says that there is no tracker, or that it cannot be reached', async () => {
    await connection.restart();
    expect(connection.status).toBeNull();
    await expect(connection.register('Rui')).rejects.toThrow('tracker-not-chosen');
    const tracker = await startTracker();
    await use(tracker);
    await tracker.close();
    await connection.restart();
    expect(connection.status).toMatchObject({ connected: false, error: { code: 'tracker-unreachable' } });
    await expect(connection.register('Rui')).rejects.toThrow('tracker-offline');
  });
});
