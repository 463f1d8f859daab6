import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

/** Windows: a pipe name can be served once, and is free again when its process ends, however it ends. */
export function lockNamedPipe(folder: string): Promise<{ close(): Promise<void> }> {
  const name = createHash('sha256').update(folder.toLowerCase()).digest('hex').slice(0, 32);
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(taken ? new EnxameError('data-folder-locked', { folder }) : error);
    });
    server.listen(`\\\\.\\pipe\\enxame-lock-${name}`, () => {
      server.unref();
      let closing: Promise<void> | undefined;
      const close = (): Promise<void> =>
        (closing ??= new Promise((done) =>
          server.close(() => {
            done();
          }),
        ));
      resolve({ close });
    });
  });
}
