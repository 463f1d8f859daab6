import type { Engine } from '../engine.js';
import { listenLocalSocket } from './local-listen.js';

/**
 * The same engine, which from now on also serves the interfaces of this computer through the socket of its data folder,
 * until it is closed. An engine that cannot is closed. Throws as `listenLocalSocket`.
 */
export async function serveLocally(engine: Engine, dataFolder: string): Promise<Engine> {
  try {
    const listener = await listenLocalSocket(dataFolder, (carrier) => {
      engine.accept(carrier);
    });
    return {
      accept: (carrier) => {
        engine.accept(carrier);
      },
      answerPreview: (request, response) => engine.answerPreview(request, response),
      get addresses() {
        return engine.addresses;
      },
      close: async () => {
        await listener.close(); // first: the lock of the folder, which the engine holds, is what makes the socket ours
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
