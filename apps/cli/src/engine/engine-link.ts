import { createEngineClient, type EngineClient } from '@enxame/shared/engine/engine-client';
import { createMemoryCarrierPair } from '@enxame/shared/engine/memory-carrier';
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { CommandContext } from '../command-context.js';
import { pause } from './pause.js';
import { joinTracker } from './tracker-ready.js';

/** Another command that started an engine of its own for a moment ends within this time, or is taken for one that stays. */
const lockPatienceMs = 15_000;
const lockRetryMs = 100;

export interface EngineLink {
  readonly client: EngineClient;
  /** Whether the engine is this command's own, and ends with it. */
  readonly temporary: boolean;
  close(): Promise<void>;
}

type LinkContext = Pick<CommandContext, 'dataFolder' | 'engines' | 'tracker' | 'stop'>;

/** Runs `work` with the engine that runs for the data folder. Throws `engine-not-running` when none does. */
export async function withRunningEngine<T>(context: LinkContext, work: (link: EngineLink) => Promise<T>): Promise<T> {
  const link = await dialEngine(context);
  if (!link) throw new EnxameError('engine-not-running', { folder: context.dataFolder });
  return runWith(context, link, work);
}

/** Runs `work` with the engine that runs for the data folder, else with one that lives as long as the work. */
export async function withEngine<T>(context: LinkContext, work: (link: EngineLink) => Promise<T>): Promise<T> {
  return runWith(context, (await dialEngine(context)) ?? (await startEngine(context)), work);
}

async function runWith<T>(context: LinkContext, link: EngineLink, work: (link: EngineLink) => Promise<T>): Promise<T> {
  try {
    if (context.tracker !== undefined) await joinTracker(link.client, context.tracker);
    return await work(link);
  } finally {
    await link.close();
  }
}

async function dialEngine({ engines, dataFolder }: LinkContext): Promise<EngineLink | undefined> {
  const carrier = await engines.dial(dataFolder);
  if (!carrier) return undefined;
  const client = createEngineClient(carrier);
  return {
    client,
    temporary: false,
    close: () => {
      client.close();
      return Promise.resolve();
    },
  };
}

/**
 * The lock of a data folder tells nobody when it is free, and an engine that just took it does not listen yet: so this
 * tries both doors in turn until one opens.
 */
async function startEngine(context: LinkContext): Promise<EngineLink> {
  const deadline = AbortSignal.timeout(lockPatienceMs);
  for (;;) {
    try {
      return await startOwnEngine(context);
    } catch (error) {
      if (!isErrorWithCode(error, 'data-folder-locked') || deadline.aborted) throw error;
    }
    await pause(lockRetryMs, context.stop);
    const running = await dialEngine(context);
    if (running) return running;
  }
}

async function startOwnEngine({ engines, dataFolder }: LinkContext): Promise<EngineLink> {
  const engine = await engines.start({ dataFolder });
  const [ours, theirs] = createMemoryCarrierPair();
  engine.accept(theirs);
  const client = createEngineClient(ours);
  return {
    client,
    temporary: true,
    close: async () => {
      client.close();
      await engine.close();
    },
  };
}
