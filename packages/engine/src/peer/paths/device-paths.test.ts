import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { contentPath } from '@enxame/shared/peer/paths';
import { reversePreface } from '@enxame/shared/tracker/path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createSilentLogger } from '../../library/testing/silent-logger.js';
import { createPathBench, testPathId, type PathBench } from '../../testing/path-bench.js';
import { createTestContent } from '../../testing/test-content.js';
import { createTestDevice, type TestDevice } from '../../testing/test-device.js';
import { startTestPeer } from '../../testing/test-peer.js';
import type { PeerConnection } from '../peer-connection.js';
import { createDevicePaths, type DevicePaths } from './device-paths.js';

const content = createTestContent(3_000_000);
let ana: TestDevice;
let rui: TestDevice;
const closers: (() => unknown)[] = [];
beforeAll(async () => {
  [ana, rui] = await Promise.all([createTestDevice('Ana'), createTestDevice('Rui')]);
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

interface Scene {
  readonly bench: PathBench;
  readonly paths: DevicePaths;
  /** Ana's peer port. */
  readonly port: number;
  /** Rui's. */
  readonly ownPort: number;
  readonly served: Duplex[];
}

/** Ana has a content; Rui wants it. `reachable`: whether Ana can dial Rui. */
async function setUp(options: { readonly reachable?: boolean } = {}): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'enxame-paths-'));
  closers.push(() => rm(folder, { recursive: true }));
  const own = { port: 0 };
  const addresses = options.reachable === true ? [own].map(() => ({ host: '127.0.0.1', get port() { return own.port; } })) : []; // prettier-ignore
  const bench = await createPathBench(rui, addresses);
  closers.push(() => bench.close());
  const waits = { graceMs: 50, headStartMs: 50, firstRetryMs: 100, maxRetryMs: 100, openMs: 1500 };
  const make = (device: TestDevice, link: PathBench['asked']): DevicePaths => {
    const paths = createDevicePaths({
      tls: device.tls,
      link,
      trackerUrl: () => bench.url,
      logger: createSilentLogger(),
      random: () => 0,
      waits,
    });
    closers.push(() => {
      paths.close();
    });
    return paths;
  };
  const paths = make(rui, bench.requester);
  const receiver = await startTestPeer(rui, content, join(folder, 'rui'), { prefaces: paths.prefaces });
  closers.push(() => receiver.close());
  own.port = receiver.port;
  const sender = await startTestPeer(ana, content, join(folder, 'ana'));
  closers.push(() => sender.close());
  const served: Duplex[] = [];
  make(ana, bench.asked).answerAsked({
    serve: (pipe) => {
      served.push(pipe);
      sender.serve(pipe);
    },
    hasContent: (contentId) => contentId === content.contentId,
  });
  return { bench, paths, port: sender.port, ownPort: receiver.port, served };
}

async function connectTo(scene: Scene, ...ports: readonly number[]) {
  const better: PeerConnection[] = [];
  let told: () => void = () => undefined;
  const gotBetter = new Promise<void>((resolve) => (told = resolve));
  const stop = new AbortController();
  closers.push(() => {
    stop.abort();
  });
  const connection = await scene.paths.toSources.connect(ana.source(...ports), {
    contentId: content.contentId,
    signal: stop.signal,
    onBetter: (next) => {
      better.push(next);
      told();
    },
  });
  return { connection, better, gotBetter, stop };
}

async function read(connection: PeerConnection): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const range = { start: 0, end: content.bytes.length };
  await connection.getRange(contentPath(content.contentId), { ticket: 'ticket' }, range, (chunk) => {
    chunks.push(Buffer.from(chunk));
    // Every few chunks the sink is full for a moment.
    if (chunks.length % 7 !== 0) return true;
    setImmediate(() => {
      connection.resume();
    });
    return false;
  });
  return Buffer.concat(chunks);
}

describe('paths between devices', () => {
  it('P64: through the relay, the bytes are those of the device that was meant', async () => {
    const { connection } = await connectTo(await setUp());
    expect(connection.pathKind).toBe('relay');
    expect((await read(connection)).equals(content.bytes)).toBe(true);
  });

  it('P61: a device that cannot be dialled dials back, and TLS keeps its roles', async () => {
    const { connection } = await connectTo(await setUp({ reachable: true }));
    expect(connection.pathKind).toBe('reverse');
    expect((await read(connection)).equals(content.bytes)).toBe(true);
  });

  it('nobody is troubled when an address answers', async () => {
    const scene = await setUp({ reachable: true });
    const { connection } = await connectTo(scene, scene.port);
    expect(connection.pathKind).toBe('this-computer');
    expect(scene.served).toEqual([]);
  });

  it('P66: begins with the relay, and goes over when an address answers late; no byte of either is wrong', async () => {
    const scene = await setUp();
    let open: () => void = () => undefined;
    const mayPass = new Promise<void>((resolve) => (open = resolve));
    const late = await listen(
      createServer((socket: Socket) => {
        void mayPass.then(() => {
          const on = connect(scene.port, '127.0.0.1');
          for (const [from, to] of [[socket, on], [on, socket]] as const) from.on('error', () => to.destroy()).pipe(to); // prettier-ignore
        });
      }),
    );
    const { connection, better, gotBetter } = await connectTo(scene, late);
    expect(connection.pathKind).toBe('relay');
    expect(connection.betterPathError).toBeNull(); // it is still being tried
    const first = read(connection);
    open();
    await gotBetter;
    expect(better.map(({ pathKind }) => pathKind)).toEqual(['this-computer']);
    expect((await first).equals(content.bytes)).toBe(true);
    const [next] = better;
    expect(next && (await read(next)).equals(content.bytes)).toBe(true);
  });

  it('P67: a relayed connection says that nothing better was found, when all else has failed', async () => {
    const scene = await setUp();
    scene.bench.change = { addresses: [] };
    const gone = await listen(createServer((socket) => socket.destroy()));
    const { connection } = await connectTo(scene, gone);
    await vi.waitFor(() => {
      expect(connection.betterPathError).toEqual({ code: 'path-blocked', params: { name: 'Ana' } });
    }, 10_000);
  });

  it('says that the relay refused when that was the last way', async () => {
    const scene = await setUp();
    scene.bench.relay = 'off';
    await expect(connectTo(scene)).rejects.toMatchObject({ code: 'relay-refused' });
  });

  it('ends at once when it is no longer wanted', async () => {
    const scene = await setUp();
    scene.bench.change = { contentId: 'somebody else asks' as never };
    const stop = new AbortController();
    const connecting = scene.paths.toSources.connect(ana.source(), {
      contentId: content.contentId,
      signal: stop.signal,
      onBetter: () => undefined,
    });
    setImmediate(() => {
      stop.abort();
    });
    await expect(connecting).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('a device that is asked for a path', () => {
  const asked = (change: object) => ({
    pathId: testPathId('z'),
    token: 'z'.repeat(43),
    contentId: content.contentId,
    requester: { deviceId: rui.deviceId, userName: 'Rui', grant: rui.source().grant },
    hasRelay: true,
    ...change,
  });

  it.each([
    ['a content that is not here', () => ({ contentId: 'no such content' })],
    ['somebody with the grant of another device', () => ({ requester: { deviceId: rui.deviceId, userName: 'Rui', grant: ana.source().grant } })], // prettier-ignore
    ['a grant that nobody signed', () => ({ requester: { deviceId: rui.deviceId, userName: 'Rui', grant: { ...rui.source().grant, issuedAt: 5 } } })], // prettier-ignore
  ])('P62: dials nobody for %s', async (_, change) => {
    const { bench } = await setUp();
    const dialled: Socket[] = [];
    const victim = await listen(createServer((socket) => dialled.push(socket)));
    const addresses = [{ host: '127.0.0.1', port: victim }];
    bench.tell(asked({ addresses, ...change() }) as never);
    // What would be dialled, would be before this.
    const other = connect(victim, '127.0.0.1');
    await once(other, 'connect');
    other.destroy();
    while (dialled.length === 0) await new Promise(setImmediate);
    expect(dialled).toHaveLength(1);
  });

  it('P62: whoever it is made to dial gets one line that means nothing to anybody else, and no bytes of ours', async () => {
    const { bench } = await setUp();
    const heard = new Promise<string>((resolve) => {
      void listen(
        createServer((socket) => {
          socket.once('data', (chunk: Buffer) => {
            resolve(chunk.toString());
            socket.destroy();
          });
        }),
      ).then((port) => {
        bench.tell(asked({ addresses: [{ host: '127.0.0.1', port }] }) as never);
      });
    });
    expect(await heard).toBe(`${reversePreface} ${testPathId('z')}\n`);
  });

  it('P61: a connection for a path that nobody waits for is cut', async () => {
    const { ownPort } = await setUp();
    const stranger = connect(ownPort, '127.0.0.1');
    stranger.write(`${reversePreface} ${testPathId('q')}\n`);
    await once(stranger.resume(), 'close');
  });
});
