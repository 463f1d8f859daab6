import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

const startLimitMs = 20_000;
const lookEveryMs = 50;

/** For programs that cannot choose a port themselves and tell it. Throws when a wanted one is taken. */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until a program that tells nobody when it is ready takes connections. */
export async function untilListening(port: number): Promise<void> {
  const endsAt = performance.now() + startLimitMs;
  for (;;) {
    const socket = connect({ port, host: '127.0.0.1' });
    try {
      await once(socket, 'connect');
      return;
    } catch (error) {
      if (performance.now() > endsAt) throw error;
      await setTimeout(lookEveryMs);
    } finally {
      socket.destroy();
    }
  }
}
