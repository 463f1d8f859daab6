import type { Engine, EngineOptions } from '@enxame/engine/engine';
import { dialLocalSocket } from '@enxame/engine/local-socket/local-dial';
import type { Carrier } from '@enxame/shared/engine/carrier';
import type { Logger } from 'pino';
import { programVersion } from '../program-version.js';

/** The ways to an engine: to one that runs, and to one of our own. */
export interface EngineDoor {
  /** Undefined when none runs for the folder. */
  dial(dataFolder: string): Promise<Carrier | undefined>;
  /** Throws `data-folder-locked` when one runs all the same. */
  start(options: Omit<EngineOptions, 'version' | 'logger'>): Promise<Engine>;
}

export function createEngineDoor(logger: Logger): EngineDoor {
  return {
    dial: (dataFolder) => dialLocalSocket(dataFolder),
    start: async (options) => {
      // The engine with its native parts takes a moment to load: only who starts one waits for it.
      const { createEngine } = await import('@enxame/engine/engine');
      const { createNatPortMapper } = await import('@enxame/engine/port-mapping/nat-port-mapper');
      return createEngine({ ...options, version: programVersion, logger, portMapper: createNatPortMapper() });
    },
  };
}
