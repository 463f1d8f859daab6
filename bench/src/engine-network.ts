import { join } from 'node:path';
import { startEngineProcess, type EngineProcess } from './engine-process.js';
import { createNamespaces, type LineLimits, type Namespace } from './namespaces.js';
import { joinTracker } from './person.js';
import { startTrackerProcess } from './tracker-process.js';

/** An engine with its own line to the others. */
export interface NetworkEngine {
  readonly engine: EngineProcess;
  readonly node: Namespace;
  readonly address: string;
}

/** A tracker and engines, each in a namespace of its own, on one segment. */
export interface EngineNetwork {
  /** Starts one more, registered under its name. */
  add(name: string, limits?: LineLimits): Promise<NetworkEngine>;
  /** Ends all of them, then the network. */
  close(): Promise<void>;
}

/** `folder` gets all data. Throws as `createNamespaces` does. */
export async function createEngineNetwork(folder: string): Promise<EngineNetwork> {
  const namespaces = await createNamespaces();
  const cleanups = [() => namespaces.close()];
  async function close(): Promise<void> {
    for (let cleanup = cleanups.pop(); cleanup; cleanup = cleanups.pop()) await cleanup();
  }
  try {
    const segment = await namespaces.segment();
    const home = await namespaces.node('tracker');
    const host = await home.join(segment);
    const tracker = await startTrackerProcess(join(folder, 'tracker'), { command: home.command, host });
    cleanups.push(() => tracker.close());
    return {
      add: async (name, limits = {}) => {
        const node = await namespaces.node(name);
        const address = await node.join(segment, limits);
        const engine = await startEngineProcess(join(folder, name), join(folder, `${name}-downloads`), node.command);
        cleanups.push(() => engine.close());
        await joinTracker(engine.client, tracker.url, name);
        return { engine, node, address };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
