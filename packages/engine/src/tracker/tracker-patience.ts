import type { Socket } from 'node:net';

/** A computer that is there takes a connection at once. */
const reachTimeoutMs = 10_000;
/** A tracker that took it may have thousands to serve before, who came back with this one (T36). */
export const answerTimeoutMs = 30_000;

/** Ends a connection that nobody takes. */
export function expectToReach(socket: Socket): void {
  if (!socket.connecting) return;
  const deadline = setTimeout(() => {
    socket.destroy(Object.assign(new Error('nobody takes the connection'), { code: 'ETIMEDOUT' }));
  }, reachTimeoutMs);
  const stop = (): void => {
    clearTimeout(deadline);
  };
  socket.once('connect', stop);
  socket.once('close', stop);
}
