import type { EngineClient } from '@enxame/shared/engine/engine-client';
import type { Limits, LimitsStatus, RateLimits, ScheduleRule } from '@enxame/shared/engine/limits';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toNameKey } from '@enxame/shared/identity/user-name';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { formatRate } from '../output/format.js';
import { toPrintable } from '../output/printable.js';
import { ledgerWords } from '../words/ledger-words.js';
import { toRate, type RateFlag } from './limit-flags.js';
import { untilListed } from './people.js';

export interface LimitFlags {
  readonly send?: RateFlag;
  readonly receive?: RateFlag;
  /** All rules anew; none of them with an empty list. */
  readonly schedule?: readonly ScheduleRule[];
  /** Whose limit `send` and `receive` are, instead of that of all together. */
  readonly person?: string;
  readonly slots?: number;
  readonly downloads?: number;
}

export function runLimits(context: CommandContext, flags: LimitFlags): Promise<Outcome> {
  return withEngine(context, async ({ client }) => {
    const before = await client.call('limits:get', {});
    const change = await toChange(context, client, before.limits, flags);
    const status = Object.keys(change).length > 0 ? await client.call('limits:set', change) : before;
    return { document: { ...status }, text: () => describe(context, status) };
  });
}

async function toChange(
  context: CommandContext,
  client: EngineClient,
  limits: Limits,
  { send, receive, schedule, person, slots, downloads }: LimitFlags,
): Promise<Partial<Limits>> {
  const rates = {
    ...(send !== undefined && { send: toRate(send) }),
    ...(receive !== undefined && { receive: toRate(receive) }),
  };
  const hasRates = Object.keys(rates).length > 0;
  return {
    ...(hasRates && person === undefined && { always: { ...limits.always, ...rates } }),
    ...(person !== undefined && { people: await withPerson(context, client, limits.people, person, rates) }),
    ...(schedule && { schedule: [...schedule] }),
    ...(slots !== undefined && { uploadSlots: slots }),
    ...(downloads !== undefined && { downloadSlots: downloads }),
  };
}

/** Somebody who is limited already, else one of the network. A limit of nothing is none, and leaves the list. */
async function withPerson(
  context: CommandContext,
  client: EngineClient,
  people: Limits['people'],
  name: string,
  rates: Partial<RateLimits>,
): Promise<Limits['people']> {
  const key = toNameKey(name);
  const known = people.find((each) => toNameKey(each.name) === key);
  const person = known ?? (await findPerson(context, client, key, name));
  const limits: RateLimits = { ...person.limits, ...rates };
  const others = people.filter((each) => each !== known);
  return limits.send === null && limits.receive === null ? others : [...others, { ...person, limits }];
}

async function findPerson(
  context: CommandContext,
  client: EngineClient,
  key: string,
  name: string,
): Promise<Limits['people'][number]> {
  const { people } = await untilListed(context, client);
  const found = people.find((each) => toNameKey(each.name) === key);
  if (!found) throw new EnxameError('flag-invalid', { flag: `--person ${name}` });
  return { userId: found.id, name: found.name, limits: { send: null, receive: null } };
}

function describe({ language }: CommandContext, { limits, inForce, changesAt }: LimitsStatus): string {
  const words = ledgerWords[language];
  const rate = (value: number | null): string => (value === null ? words.unlimited : formatRate(value, language));
  const rates = ({ send, receive }: RateLimits): string => words.rates(rate(send), rate(receive));
  const until =
    changesAt === null
      ? ''
      : `, ${words.until(new Intl.DateTimeFormat(language, { weekday: 'short', timeStyle: undefined, hour: '2-digit', minute: '2-digit' }).format(changesAt))}`;
  const lines: readonly (readonly [string, string])[] = [
    [words.now, `${rates(inForce)}${until}`],
    [words.always, rates(limits.always)],
    ...limits.schedule.map((rule, index) => [index === 0 ? words.schedule : '', toRuleText(rule)] as const),
    ...limits.people.map(({ name, limits: own }) => [toPrintable(name), rates(own)] as const),
  ];
  const width = Math.max(...lines.map(([label]) => label.length));
  return [
    ...lines.map(([label, text]) => `${label.padEnd(width)}  ${text}`),
    words.slots(limits.uploadSlots, limits.downloadSlots),
  ].join('\n');

  function toRuleText({ days, fromMinute, toMinute, limits: own }: ScheduleRule): string {
    const names = days.map((day) => words.days[day]).join(' ');
    return `${names}  ${toClock(fromMinute)}–${toClock(toMinute)}  ${rates(own)}`;
  }
}

function toClock(minutes: number): string {
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60];
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
