import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

/** A plain TCP connection. Throws what the system says, or `cancelled` with the signal, which ends only the dialling. */
export function dialSocket(options: TcpNetConnectOpts, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(options);
    socket.setNoDelay(true);
    const abort = (): void => {
      socket.destroy();
      reject(new EnxameError('cancelled'));
    };
    const leave = (): void => {
      signal.removeEventListener('abort', abort);
      socket.off('error', fail);
    };
    const fail = (error: Error): void => {
      leave();
      socket.destroy();
      reject(error);
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.on('error', fail);
    socket.once('connect', () => {
      leave();
      socket.on('error', () => socket.destroy()); // `close` follows, and says it to who uses it
      resolve(socket);
    });
    if (signal.aborted) abort();
  });
}
