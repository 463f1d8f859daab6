import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import { createMemoryCarrierPair } from '@enxame/shared/engine/memory-carrier';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { EngineDoor } from '../engine/engine-door.js';
import { runCli, type CliIo } from '../run-cli.js';
import { createFakeEngine } from './fake-engine.js';

export interface CliResult {
  readonly exitCode: number;
  readonly out: string;
  readonly told: string;
  /** The one document of standard output. Throws when it is not exactly one line of JSON. */
  json(): unknown;
}

/** The program in this process, with the engines that a test hands in. */
export async function runWith(args: string, engines: EngineDoor, io: Partial<CliIo> = {}): Promise<CliResult> {
  const out: string[] = [];
  const told: string[] = [];
  const exitCode = await runCli({
    args: args.split(' ').filter((argument) => argument !== ''),
    environment: { ENXAME_LOG: 'silent' },
    platform: 'linux',
    homeFolder: '/home/ana',
    workingFolder: '/home/ana/folder',
    terminal: { print: (text) => out.push(text), tell: (text) => told.push(text), ask: undefined, progress: undefined },
    stop: new AbortController().signal,
    createEngineDoor: () => engines,
    ...io,
  });
  return {
    exitCode,
    out: out.join('\n'),
    told: told.join('\n'),
    json: () => {
      if (out.length !== 1 || out[0]?.includes('\n')) throw new Error(`not one line: ${out.join('\n')}`);
      return JSON.parse(out[0] ?? '') as unknown;
    },
  };
}

export const noEngines: EngineDoor = {
  dial: () => Promise.resolve(undefined),
  start: () => Promise.reject(new EnxameError('data-folder-unwritable', { folder: '/data' })),
};

/** A running engine that answers as told. */
export function runningEngine(handlers: Partial<EngineHandlers>): EngineDoor {
  const host = createFakeEngine(handlers);
  return {
    ...noEngines,
    dial: () => {
      const [ours, theirs] = createMemoryCarrierPair();
      host.accept(theirs);
      return Promise.resolve(ours);
    },
  };
}
