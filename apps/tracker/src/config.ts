import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import {
  defaultSettings,
  flagsOnly,
  redactedSettings,
  settingNames,
  settingsSchema,
  type SettingName,
  type Settings,
} from './operation/setting-table.js';

export interface TrackerConfig {
  readonly host: string;
  readonly port: number;
  readonly dataFolder: string;
  readonly name: string;
  /** Whether bytes are passed on between devices that find no other way to each other. */
  readonly relay: boolean;
  /** Whether others than this computer and the proxies are answered without TLS. */
  readonly plainHttp: boolean;
  /** Addresses and ranges whose `X-Forwarded-*` headers count. */
  readonly trustProxy: readonly string[];
  /** An origin, without a slash at its end. */
  readonly publicUrl: string | undefined;
  /** Path of a PEM file. */
  readonly proxyCertificatePath: string | undefined;
  readonly metrics: Settings['metrics'];
  readonly drainMs: number;
  readonly json: boolean;
  readonly help: boolean;
  /** Paths of PEM files. */
  readonly tls: { readonly certificatePath: string; readonly keyPath: string } | undefined;
  readonly logLevel: Settings['log-level'];
  /** Each setting with where it came from, fit to be logged. */
  readonly origins: Readonly<Record<string, { readonly value: unknown; readonly from: SettingOrigin }>>;
}

export type SettingOrigin = 'flag' | 'environment' | 'file' | 'default';
type Environment = Readonly<Record<string, string | undefined>>;
type Given = Readonly<Partial<Record<SettingName, unknown>>>;

/** The text of a file of settings, and where it was read. */
export interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

const toVariable = (name: string): string => `ENXAME_${name.toUpperCase().replaceAll('-', '_')}`;

/** Where the file of settings is, if one is named. Throws as `parseConfig`. */
export function configPathOf(args: readonly string[], environment: Environment): string | undefined {
  const path = readFlags(args).config ?? environment[toVariable('config')];
  return typeof path === 'string' && path !== '' ? path : undefined;
}

/**
 * Reads flags, then the environment, then the file, then the defaults. Throws `flag-invalid` with the name of what is
 * wrong, `setting-unknown` for a name in the file that is none.
 */
export function parseConfig(
  args: readonly string[],
  environment: Environment,
  platform: NodeJS.Platform,
  file?: ConfigFile,
): TrackerConfig {
  const layers: readonly (readonly [SettingOrigin, Given])[] = [
    ['flag', readFlags(args)],
    ['environment', readEnvironment(environment)],
    ['file', file ? readFile(file) : {}],
    ['default', { ...defaultSettings(), data: defaultDataFolder(environment, platform) }],
  ];
  const given = new Map<SettingName, { readonly value: unknown; readonly from: SettingOrigin }>();
  for (const [from, layer] of layers) {
    for (const name of settingNames) {
      const value = layer[name];
      if (value !== undefined && !given.has(name)) given.set(name, { value, from });
    }
  }
  const parsed = settingsSchema.safeParse(Object.fromEntries([...given].map(([name, { value }]) => [name, value])));
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0] ?? '') as SettingName;
    throw invalid(name, given.get(name)?.from ?? 'flag', file);
  }
  const settings = parsed.data;
  const { 'tls-cert': certificatePath, 'tls-key': keyPath } = settings;
  if ((certificatePath === undefined) !== (keyPath === undefined))
    throw invalid(certificatePath ? 'tls-key' : 'tls-cert', 'flag', file);
  const origins = Object.fromEntries(
    [...given]
      .filter(([name]) => !flagsOnly.has(name))
      .map(([name, { from }]) => [name, { value: redactedSettings.has(name) ? 'set' : settings[name], from }]),
  );
  return {
    host: settings.host,
    port: settings.port,
    dataFolder: settings.data,
    name: settings.name,
    relay: settings.relay,
    plainHttp: settings['plain-http'],
    trustProxy: settings['trust-proxy'],
    publicUrl: settings['public-url'],
    proxyCertificatePath: settings['proxy-cert'],
    metrics: settings.metrics,
    drainMs: settings['drain-seconds'] * 1000,
    json: settings.json,
    help: settings.help,
    tls: certificatePath !== undefined && keyPath !== undefined ? { certificatePath, keyPath } : undefined,
    logLevel: settings['log-level'],
    origins,
  };
}

function readFlags(args: readonly string[]): Given {
  const options = Object.fromEntries(
    settingNames.map((name) => [name, { type: flagsOnly.has(name) ? 'boolean' : 'string' } as const]),
  );
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    throw new EnxameError('flag-invalid', { flag: `--${/--?([\w-]+)/.exec(message)?.[1] ?? ''}` });
  }
}

function readEnvironment(environment: Environment): Given {
  return Object.fromEntries(
    settingNames.filter((name) => !flagsOnly.has(name)).map((name) => [name, environment[toVariable(name)]]),
  );
}

function readFile({ path, text }: ConfigFile): Given {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new EnxameError('flag-invalid', { flag: path }, { cause: error });
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new EnxameError('flag-invalid', { flag: path });
  }
  for (const name of Object.keys(json)) {
    const isSetting = settingNames.includes(name as SettingName) && name !== 'config';
    if (!isSetting || flagsOnly.has(name as SettingName)) {
      throw new EnxameError('setting-unknown', { name, where: path });
    }
  }
  return json;
}

function invalid(name: SettingName, from: SettingOrigin, file: ConfigFile | undefined): EnxameError {
  const where =
    from === 'environment' ? toVariable(name) : from === 'file' ? `${name} (${file?.path ?? ''})` : `--${name}`;
  return new EnxameError('flag-invalid', { flag: where });
}

/** Where programs of this system keep the data of a user. */
function defaultDataFolder(environment: Environment, platform: NodeJS.Platform): string {
  const home = environment['HOME'] ?? environment['USERPROFILE'] ?? '.';
  if (platform === 'win32') {
    return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'enxame', 'tracker');
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'enxame', 'tracker');
  return join(environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'enxame', 'tracker');
}
