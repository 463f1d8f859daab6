import { BlockList, isIP } from 'node:net';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { trackerPort } from '@enxame/shared/tracker/hello';
import { z } from 'zod';

/** The name of a network travels in `hello`, whose schema allows this many characters. */
const maxNameChars = 80;
const maxProxies = 64;
/** A day: whoever waits longer for downloads to end does not want to stop. */
const maxDrainSeconds = 86_400;
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export const metricsAccess = ['loopback', 'admin', 'off'] as const;

const onOff = z.enum(['on', 'off']).transform((text) => text === 'on');
const flag = z
  .union([z.boolean(), z.enum(['true', 'false'])])
  .transform((given) => (typeof given === 'boolean' ? given : given === 'true'));
const path = z.string().min(1).max(4096).transform((text) => resolve(text)); // prettier-ignore
const wholeNumber = (max: number) =>
  z
    .union([z.int(), z.string().regex(/^\d{1,9}$/)])
    .transform(Number)
    .pipe(z.int().min(0).max(max));
/** Addresses and ranges with commas between, or a list of them. */
const proxies = z
  .union([
    z
      .string()
      .max(10_000)
      .transform((text) => text.split(',')),
    z.array(z.string()),
  ]) // prettier-ignore
  .transform((items) => items.map((item) => item.trim()).filter((item) => item !== ''))
  .pipe(z.array(z.string().refine(isAddressOrRange)).max(maxProxies));
const publicUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((text) => new URL(text).pathname === '/')
  .transform((text) => new URL(text).origin);

/** What each setting may be, wherever it is given: as a flag, in the environment, in the file. */
export const settingsSchema = z.strictObject({
  host: z.string().min(1).max(253),
  port: wholeNumber(65_535),
  data: path,
  name: z.string().trim().min(1).max(maxNameChars),
  relay: onOff,
  'plain-http': onOff,
  'public-url': publicUrl.optional(),
  'trust-proxy': proxies,
  'proxy-cert': path.optional(),
  'tls-cert': path.optional(),
  'tls-key': path.optional(),
  metrics: z.enum(metricsAccess),
  'drain-seconds': wholeNumber(maxDrainSeconds),
  'log-level': z.enum(logLevels),
  config: path.optional(),
  json: flag,
  help: flag,
});
export type Settings = z.output<typeof settingsSchema>;
export type SettingName = keyof Settings;

export const settingNames = Object.keys(settingsSchema.shape) as SettingName[];
/** Only on the command line: what a single run should do. */
export const flagsOnly: ReadonlySet<SettingName> = new Set(['json', 'help']);
/** Never printed: that it is set is all that a log may know. */
export const redactedSettings: ReadonlySet<SettingName> = new Set(['tls-key']);

/** `data` depends on the system: it is added by who knows it. */
export function defaultSettings(): Readonly<Partial<Record<SettingName, unknown>>> {
  return {
    host: '0.0.0.0',
    port: trackerPort,
    name: hostname().slice(0, maxNameChars),
    relay: 'on',
    'plain-http': 'on',
    'trust-proxy': [],
    metrics: 'loopback',
    'drain-seconds': 30,
    'log-level': 'info',
    json: false,
    help: false,
  };
}

export const usage = `enxame-tracker [settings]
enxame-tracker backup FOLDER | restore FOLDER | check | admin add NAME   (each with --data FOLDER, --json)

  --config FILE           a JSON file with these settings, without the dashes: {"port": 7667, "relay": "off"}
  --host ADDRESS          where to listen (0.0.0.0: everywhere)
  --port PORT             7667; 0 takes any free one
  --data FOLDER           where everything is kept
  --name NETWORK          the name of the network, as people see it
  --relay on|off          pass (encrypted) bytes on between devices that find no other way
  --plain-http on|off     answer without TLS to others than this computer and the proxies
  --tls-cert FILE, --tls-key FILE     a certificate of your own (PEM); read again when it changes
  --public-url URL        the address that links are made with
  --trust-proxy LIST      addresses (192.0.2.7, 10.0.0.0/8) whose X-Forwarded-For and -Proto count
  --proxy-cert FILE       the certificate that the proxy shows (PEM)
  --metrics loopback|admin|off        who may read /metrics
  --drain-seconds N       how long downloads may go on when asked to stop (30)
  --log-level LEVEL       ${logLevels.join(', ')}
  --json                  say when it is ready as JSON

A flag counts before the environment (ENXAME_PORT, ENXAME_TLS_CERT, ...), that before the file, that before the default.`;

function isAddressOrRange(text: string): boolean {
  try {
    addToList(new BlockList(), text);
    return true;
  } catch {
    return false; // what the list refuses is no address
  }
}

/** Adds `192.0.2.7` or `2001:db8::/32`. Throws when it is neither. */
export function addToList(list: BlockList, text: string): void {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) === 0 || rest.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits)))
    throw new Error('not an address');
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(bits), family);
}
