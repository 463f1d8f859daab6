import { Socket, type OnReadOpts } from 'node:net';
import type { Duplex } from 'node:stream';

/** One side of a relayed connection, from the moment at which both are there. */
export interface RelayEnd {
  /** Takes what is for this side; ends and closes with the connection. */
  readonly stream: Duplex;
  /** Bytes of the other device that came from this side. */
  readonly bytesRead: number;
  /** Passes on all that comes, until it ends. What `to` does not take is held, up to `heldBytes`; then nothing is read. */
  passTo(to: Duplex): void;
}

/** Node's own name for the system's end of a socket, and an option that it does not document. */
type Handled = Socket & { _handle?: object | null };
type AroundHandle = new (options: { readonly handle: object; readonly onread: OnReadOpts }) => Socket;

/** The system hands over no more at once. */
const readBytes = 64 * 1024;

/**
 * `pipe`: what is passed on; `carrier`: the connection below it. A plain TCP connection is read into buffers of ours, which
 * Node offers only to sockets that dial: with a new buffer for each read, collecting them was more than half of what a relay
 * did. Anything else, and all where Node keeps its handles elsewhere, is read as a stream. (docs/adr/0013)
 */
export function openRelayEnd(pipe: Duplex, carrier: Pick<Socket, 'bytesRead'>, heldBytes: number): RelayEnd {
  // TLS has a handle, too, and another prototype: its bytes are not those that are passed on.
  if (!(pipe instanceof Socket) || Object.getPrototypeOf(pipe) !== Socket.prototype)
    return openStreamEnd(pipe, carrier, heldBytes);
  const { _handle: handle } = pipe as Handled;
  return handle ? openRawEnd(pipe, handle, heldBytes) : openStreamEnd(pipe, carrier, heldBytes);
}

function openRawEnd(socket: Handled, handle: object, heldBytes: number): RelayEnd {
  const count = Math.max(2, Math.floor(heldBytes / readBytes));
  const buffers = Array.from({ length: count }, () => Buffer.allocUnsafeSlow(readBytes));
  /** Which buffer is read into next; those before it are being written, as many as wait. */
  let next = 0;
  let waiting = 0;
  let target: Duplex | undefined;

  /** False: the next buffer is the first of those that wait. They are done in their order. */
  function write(bytes: Uint8Array): boolean {
    waiting++;
    target?.write(bytes, () => {
      if (waiting-- === count) stream.resume();
    });
    return waiting < count;
  }

  const early = readHeld(socket);
  const stream = new (Socket as unknown as AroundHandle)({
    handle,
    onread: {
      buffer: () => buffers[next++ % count] ?? Buffer.alloc(readBytes),
      callback: (bytes, buffer) => write(buffer.subarray(0, bytes)),
    },
  });
  // The one that was accepted goes on being counted, and closed, where it was: it ends with the other.
  socket._handle = null;
  stream.once('close', () => socket.destroy());
  socket.once('close', () => stream.destroy());
  const before = stream.bytesRead - early.length;
  return {
    stream,
    get bytesRead() {
      return stream.bytesRead - before;
    },
    passTo: (to) => {
      target = to;
      if (early.length > 0) to.write(early);
      stream.on('end', () => to.end());
      stream.resume();
    },
  };
}

function readHeld(socket: Socket): Buffer {
  const parts: Buffer[] = [];
  for (let part = socket.read() as Buffer | null; part; part = socket.read() as Buffer | null) parts.push(part);
  return Buffer.concat(parts);
}

function openStreamEnd(stream: Duplex, carrier: Pick<Socket, 'bytesRead'>, heldBytes: number): RelayEnd {
  const before = carrier.bytesRead;
  return {
    stream,
    get bytesRead() {
      return carrier.bytesRead - before;
    },
    passTo: (to) => {
      stream.on('data', (chunk: Buffer) => {
        to.write(chunk);
        if (to.writableLength >= heldBytes) stream.pause();
      });
      to.on('drain', () => stream.resume());
      stream.on('end', () => to.end());
      stream.resume();
    },
  };
}
