import { once } from 'node:events';
import { createServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDevice, type TestDevice } from '../testing/test-device.js';
import { demultiplex } from './peer-port.js';

let alice: TestDevice;
const closers: (() => void)[] = [];
beforeAll(async () => {
  alice = await createTestDevice();
});
afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

interface Taken {
  readonly line: string;
  readonly socket: Socket;
}

async function listen(): Promise<{ port: number; taken: Promise<Taken> }> {
  const server = createServer({ ...alice.tls }, (_request, response) => response.end('yes'));
  const taken = new Promise<Taken>((resolve) => {
    demultiplex(server, new Map([['HELLO', (line: string, socket: Socket) => { resolve({ line, socket }); }]])); // prettier-ignore
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, taken };
}

function dial(port: number): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined); // cut, as some tests want it
  closers.push(() => socket.destroy());
  return socket;
}

describe('the peer port', () => {
  it('P60: gives TLS to the server, whole', async () => {
    const { port } = await listen();
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
    closers.push(() => socket.destroy());
    socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1\.1 200 [\s\S]*yes/);
  });

  it('P60: gives a word to who takes it, with what came after the line, however the bytes are cut', async () => {
    const { port, taken } = await listen();
    const socket = dial(port);
    socket.setNoDelay(true);
    for (const byte of 'HELLO a line\nre') {
      socket.write(byte);
      await new Promise(setImmediate);
    }
    const { line, socket: other } = await taken;
    closers.push(() => other.destroy());
    expect(line).toBe('a line');
    socket.end('st');
    let rest = '';
    for await (const chunk of other) rest += String(chunk);
    expect(rest).toBe('rest');
  });

  it.each([
    ['a word that nobody takes', 'HOWDY x\n'],
    ['HTTP', 'GET / HTTP/1.1\r\n\r\n'],
    ['a line without end', 'HELLO '.padEnd(5000, 'x')],
    ['nothing but a line break', '\n'],
  ])('P60: cuts %s', async (_, bytes) => {
    const { port } = await listen();
    const socket = dial(port);
    socket.write(bytes);
    socket.resume();
    await once(socket, 'close');
  });
});
