import { join, resolve } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface DefaultFolders {
  /** The data folder of the engine of this user. */
  readonly engine: string;
  /** The data folder of a tracker that this user runs. */
  readonly tracker: string;
}

/** Where this system keeps the data of a user's programs; `ENXAME_HOME` puts all of it elsewhere. */
export function defaultFolders(
  environment: Environment,
  platform: NodeJS.Platform,
  homeFolder: string,
): DefaultFolders {
  const base = environment['ENXAME_HOME']
    ? resolve(environment['ENXAME_HOME'])
    : standardFolder(environment, platform, homeFolder);
  return { engine: join(base, 'engine'), tracker: join(base, 'tracker') };
}

function standardFolder(environment: Environment, platform: NodeJS.Platform, homeFolder: string): string {
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] || join(homeFolder, 'AppData', 'Local'), 'enxame');
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Application Support', 'enxame');
  return join(environment['XDG_DATA_HOME'] || join(homeFolder, '.local', 'share'), 'enxame');
}
