import type { OnReadOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import type { PathKind } from '@enxame/shared/engine/transfer';
import type { DeviceAddress } from '@enxame/shared/tracker/person';

/** What is no address to dial: the other side dialled, both did, or the tracker passes the bytes on. */
export type PipeKind = Extract<PathKind, 'reverse' | 'punched' | 'relay'>;

/**
 * Where the bytes go: an address to dial, or a pipe that leads to the peer already. `serverName`: who is at the address
 * passes TLS that begins with this name on to the peer.
 */
export type PeerWay =
  | { readonly address: DeviceAddress; readonly serverName?: string }
  | { readonly pipe: Duplex; readonly pathKind: PipeKind };

/** TLS hands over at most a record at a time, and of a long answer nothing but whole ones. */
const recordBytes = 16 * 1024;

/**
 * A TLS client on a way to a peer. `onBytes` gets what is read, valid only during the call; false stops the reading
 * until `resume()`. Who the peer is has not been looked at.
 */
export function openPeerSocket(
  way: PeerWay,
  tls: { readonly key: string; readonly cert: string },
  onBytes: (bytes: Uint8Array) => boolean,
): TLSSocket {
  const options: ConnectionOptions = {
    ...tls,
    minVersion: 'TLSv1.3',
    rejectUnauthorized: false, // who the peer is follows from its key
  };
  if ('pipe' in way) {
    // Node reads into a buffer of ours only where it makes the socket itself: here it is a stream, a third dearer.
    const socket = connect({ ...options, socket: way.pipe });
    socket.on('data', (chunk: Buffer) => {
      if (!onBytes(chunk)) socket.pause();
    });
    return socket;
  }
  // One buffer for all reads, and no stream: a third less CPU than 'data' events. tls.connect hands it on to net.
  const record = Buffer.allocUnsafeSlow(recordBytes);
  const onread: OnReadOpts = {
    buffer: record,
    callback: (bytes) => onBytes(bytes === recordBytes ? record : record.subarray(0, bytes)),
  };
  const { address, serverName: servername } = way;
  const { host, port } = address;
  const named = servername !== undefined && { servername };
  const connectOptions: ConnectionOptions & { onread: OnReadOpts } = { ...options, ...named, host, port, onread };
  const socket = connect(connectOptions);
  socket.setNoDelay(true);
  return socket;
}
