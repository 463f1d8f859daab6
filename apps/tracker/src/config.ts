import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { trackerPort } from '@enxame/shared/tracker/hello';
import { z } from 'zod';

/** The name of a network travels in `hello`, whose schema allows this many characters. */
const maxNameChars = 80;
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const flags = {
  host: { type: 'string' },
  port: { type: 'string' },
  data: { type: 'string' },
  name: { type: 'string' },
  relay: { type: 'string' },
  json: { type: 'boolean' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  help: { type: 'boolean' },
} as const;

const settingsSchema = z.strictObject({
  host: z.string().min(1).max(253),
  port: z.coerce.number().int().min(0).max(65_535),
  data: z.string().min(1).transform((path) => resolve(path)), // prettier-ignore
  name: z.string().trim().min(1).max(maxNameChars),
  relay: z.enum(['on', 'off']).transform((relay) => relay === 'on'),
  json: z.boolean(),
  help: z.boolean(),
  'tls-cert': z.string().min(1).optional(),
  'tls-key': z.string().min(1).optional(),
  'log-level': z.enum(logLevels),
});

export interface TrackerConfig {
  readonly host: string;
  readonly port: number;
  readonly dataFolder: string;
  readonly name: string;
  /** Whether bytes are passed on between devices that find no other way to each other. */
  readonly relay: boolean;
  readonly json: boolean;
  readonly help: boolean;
  /** Paths of PEM files. */
  readonly tls: { readonly certificatePath: string; readonly keyPath: string } | undefined;
  readonly logLevel: (typeof logLevels)[number];
}

type Environment = Readonly<Record<string, string | undefined>>;

export const usage = `enxame-tracker [--host ADDRESS] [--port PORT] [--data FOLDER] [--name NETWORK]
               [--tls-cert FILE --tls-key FILE] [--relay on|off] [--json]

Each can be set by the environment too: ENXAME_HOST, ENXAME_PORT, ENXAME_DATA, ENXAME_NAME, ENXAME_TLS_CERT,
ENXAME_TLS_KEY, ENXAME_RELAY, and ENXAME_LOG_LEVEL (${logLevels.join(', ')}). Port 0 takes any free one.`;

/** Reads flags, then the environment, then the defaults. Throws `bad-request` with the name of what is wrong. */
export function parseConfig(
  args: readonly string[],
  environment: Environment,
  platform: NodeJS.Platform,
): TrackerConfig {
  const given = readFlags(args);
  const parsed = settingsSchema.safeParse({
    host: given.host ?? environment['ENXAME_HOST'] ?? '0.0.0.0',
    port: given.port ?? environment['ENXAME_PORT'] ?? trackerPort,
    data: given.data ?? environment['ENXAME_DATA'] ?? defaultDataFolder(environment, platform),
    name: given.name ?? environment['ENXAME_NAME'] ?? hostname().slice(0, maxNameChars),
    relay: given.relay ?? environment['ENXAME_RELAY'] ?? 'on',
    json: given.json ?? false,
    help: given.help ?? false,
    'tls-cert': given['tls-cert'] ?? environment['ENXAME_TLS_CERT'],
    'tls-key': given['tls-key'] ?? environment['ENXAME_TLS_KEY'],
    'log-level': environment['ENXAME_LOG_LEVEL'] ?? 'warn',
  });
  if (!parsed.success) throw badFlag(String(parsed.error.issues[0]?.path[0] ?? ''));
  const { 'tls-cert': certificatePath, 'tls-key': keyPath, 'log-level': logLevel, data, ...rest } = parsed.data;
  if ((certificatePath === undefined) !== (keyPath === undefined))
    throw badFlag(certificatePath ? 'tls-key' : 'tls-cert');
  const tls = certificatePath !== undefined && keyPath !== undefined ? { certificatePath, keyPath } : undefined;
  return { ...rest, dataFolder: data, tls, logLevel };
}

function readFlags(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof flags }>>['values'] {
  try {
    return parseArgs({ args: [...args], options: flags, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    throw badFlag(/--?([\w-]+)/.exec(message)?.[1] ?? '');
  }
}

const badFlag = (name: string): EnxameError => new EnxameError('flag-invalid', { flag: `--${name}` });

/** Where programs of this system keep the data of a user. */
function defaultDataFolder(environment: Environment, platform: NodeJS.Platform): string {
  const home = environment['HOME'] ?? environment['USERPROFILE'] ?? '.';
  if (platform === 'win32') {
    return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'enxame', 'tracker');
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'enxame', 'tracker');
  return join(environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'enxame', 'tracker');
}
