import { join, resolve } from 'node:path';
import { logLevelSchema, type LogLevel } from '../bridge/engine-process-options.js';
import { hiddenSwitch } from './opened/opened.js';

export interface ShellConfig {
  /** What the engine remembers. */
  readonly dataFolder: string;
  /** Where Chromium keeps its own; also what the single-instance lock is taken on. Undefined: Electron's own choice. */
  readonly profileFolder: string | undefined;
  /** What a start with the session of the person is given. */
  readonly loginArgs: readonly string[];
  /** Where the AppImage is that this runs from. */
  readonly appImage: string | undefined;
  /** Where programs of this person keep their settings, on Linux, if not in `~/.config`. */
  readonly configFolder: string | undefined;
  /** Names of the desktop of Linux, with colons between them. */
  readonly desktopName: string;
  readonly suggestedTracker: string | undefined;
  readonly logLevel: LogLevel;
}

const dataSwitch = '--data=';

/**
 * The environment and the command line, read once. Another data folder is another person: it gets a profile, and a lock,
 * of its own.
 */
export function readConfig(env: NodeJS.ProcessEnv, args: readonly string[], userDataFolder: string): ShellConfig {
  const given = args.find((arg) => arg.startsWith(dataSwitch))?.slice(dataSwitch.length) || env['ENXAME_DATA'];
  const dataFolder = given ? resolve(given) : join(userDataFolder, 'engine');
  return {
    dataFolder,
    profileFolder: given ? join(dataFolder, 'window') : undefined,
    loginArgs: [hiddenSwitch, ...(given ? [`${dataSwitch}${dataFolder}`] : [])],
    appImage: env['APPIMAGE'] || undefined,
    configFolder: env['XDG_CONFIG_HOME'] || undefined,
    desktopName: env['XDG_CURRENT_DESKTOP'] ?? '',
    suggestedTracker: env['ENXAME_SUGGESTED_TRACKER'] || undefined,
    logLevel: logLevelSchema.catch('warn').parse(env['ENXAME_LOG']),
  };
}
