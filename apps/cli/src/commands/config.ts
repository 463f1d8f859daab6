import { resolve } from 'node:path';
import { settingsSchema, type Settings } from '@enxame/shared/engine/status';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { toPrintable } from '../output/printable.js';
import { toTable } from '../output/table.js';
import { configWords } from '../words/config-words.js';

/** What a person may set; when the recovery words were written down is noted by the app. */
const names = settingsSchema.keyof().exclude(['wordsSavedAt']).options;
type Name = (typeof names)[number];
type Value = boolean | number | string | readonly string[];

/** What counts while nothing was said. A notification is of every kind then. */
const usual: Partial<Settings> = {
  listenPort: 0,
  mapPort: true,
  startAtLogin: false,
  closeToTray: true,
  keepAwake: true,
  notifications: [...settingsSchema.shape.notifications.unwrap().element.options],
  automaticUpdates: false,
};

const switches: Readonly<Record<string, boolean>> = {
  on: true,
  true: true,
  yes: true,
  off: false,
  false: false,
  no: false,
};

export function runConfigList(context: CommandContext): Promise<Outcome> {
  return withSettings(context, (settings) => {
    const words = configWords[context.language];
    const rows = names.map((name) => ({ name, value: valueOf(settings, name) }));
    return {
      document: { settings: Object.fromEntries(rows.map(({ name, value }) => [name, value])) },
      text: () =>
        toTable(
          [
            { title: words.name, cell: ({ name }) => name },
            { title: words.value, cell: ({ value }) => toText(value) },
            { title: words.meaning, cell: ({ name }) => words.meanings[name] },
          ],
          rows,
        ),
    };
  });
}

export function runConfigGet(context: CommandContext, text: string): Promise<Outcome> {
  const name = toName(text);
  return withSettings(context, (settings) => {
    const value = valueOf(settings, name);
    return { document: { name, value }, text: () => toPrintable(toText(value)) };
  });
}

export function runConfigSet(context: CommandContext, text: string, given: string): Promise<Outcome> {
  const name = toName(text);
  const change = toChange(name, name === 'downloadsFolder' ? resolve(context.workingFolder, given) : given);
  return withEngine(context, async ({ client }) => {
    const value = valueOf(await client.call('settings:set', change), name);
    return { document: { name, value }, text: () => `${name} ${toPrintable(toText(value))}` };
  });
}

function withSettings(context: CommandContext, tell: (settings: Settings) => Outcome): Promise<Outcome> {
  return withEngine(context, async ({ client }) => tell((await client.call('status:get', {})).settings));
}

function toName(text: string): Name {
  const name = names.find((known) => known.toLowerCase() === text.toLowerCase());
  if (!name) throw new EnxameError('setting-unknown', { name: text, where: 'enxame config list' });
  return name;
}

function valueOf(settings: Settings, name: Name): Value {
  return settings[name] ?? usual[name] ?? '';
}

/** The first reading that the setting allows: a switch, a number, a word, a list. Throws `flag-invalid` when it allows none. */
function toChange(name: Name, given: string): Partial<Settings> {
  const list = given === 'none' ? [] : given.split(',').map((part) => part.trim());
  const number = /^\d+$/.test(given) ? Number(given) : undefined;
  for (const reading of [switches[given.toLowerCase()], number, given, list]) {
    if (reading === undefined) continue;
    const parsed = settingsSchema.shape[name].safeParse(reading);
    if (parsed.success) return { [name]: parsed.data };
  }
  throw new EnxameError('flag-invalid', { flag: `${name} ${given}` });
}

function toText(value: Value): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'object') return value.join(',') || 'none';
  return String(value);
}
