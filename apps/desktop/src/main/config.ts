import { join, resolve } from 'node:path';
import { logLevelSchema, type LogLevel } from '../bridge/engine-process-options.js';

export interface ShellConfig {
  /** What the engine remembers. */
  readonly dataFolder: string;
  /** Where Chromium keeps its own; also what the single-instance lock is taken on. Undefined: Electron's own choice. */
  readonly profileFolder: string | undefined;
  readonly suggestedTracker: string | undefined;
  readonly logLevel: LogLevel;
}

/** The environment, read once. Another data folder is another person: it gets a profile, and a lock, of its own. */
export function readConfig(env: NodeJS.ProcessEnv, userDataFolder: string): ShellConfig {
  const dataFolder = env['ENXAME_DATA'] ? resolve(env['ENXAME_DATA']) : join(userDataFolder, 'engine');
  return {
    dataFolder,
    profileFolder: env['ENXAME_DATA'] ? join(dataFolder, 'window') : undefined,
    suggestedTracker: env['ENXAME_SUGGESTED_TRACKER'] || undefined,
    logLevel: logLevelSchema.catch('warn').parse(env['ENXAME_LOG']),
  };
}
