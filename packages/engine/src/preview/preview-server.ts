import { createServer } from 'node:http';
import type { Logger } from 'pino';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Engine } from '../engine-options.js';
import { writeError } from '../web/http-answer.js';
import { listenOnPort } from '../web/listen-port.js';
import { checkHostAndOrigin } from '../web/request-guard.js';

const host = '127.0.0.1';
const headersTimeoutMs = 10_000;
/** The window of one program, some requests for each thing that it shows. */
const maxConnections = 64;

/**
 * Previews alone, for a window that does not come from a web server: its main process fetches them here and hands them
 * on under the window's own scheme. No other path exists. (docs/adr/0028)
 */
export async function listenPreviews(
  engine: Pick<Engine, 'answerPreview'>,
  logger: Logger,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer({ headersTimeout: headersTimeoutMs, requestTimeout: headersTimeoutMs });
  server.maxConnections = maxConnections;
  server.on('request', (request, response) => {
    const answer = async (): Promise<void> => {
      checkHostAndOrigin(request.headers, port);
      await engine.answerPreview(request, response);
    };
    answer().catch((error: unknown) => {
      if (response.headersSent) {
        response.destroy();
        return;
      }
      if (!(error instanceof EnxameError)) logger.error({ err: error }, 'a preview failed');
      writeError(response, error);
      response.end();
    });
  });
  const port = await listenOnPort(server, host, 0, true);
  return {
    port,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}
