import type { EngineClient } from '@enxame/shared/engine/engine-client';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { contentIdSchema, deviceIdSchema, entryIdSchema } from '@enxame/shared/ids';
import { adminSettingsSchema, type AdminSettings } from '@enxame/shared/tracker/admin';
import { addressRangeSchema, type BanTarget } from '@enxame/shared/tracker/admin-bans';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { untilConnected } from '../engine/tracker-ready.js';
import { toTable, type Column } from '../output/table.js';
import { adminWords, type AdminWords } from '../words/admin-words.js';

/** What a command of an administrator asks, and what it says of the answer. */
export type AdminCommand = (client: EngineClient, words: AdminWords, times: Intl.DateTimeFormat) => Promise<Outcome>;

export function runAdmin(context: CommandContext, command: AdminCommand): Promise<Outcome> {
  const times = new Intl.DateTimeFormat(context.language, { dateStyle: 'short', timeStyle: 'short' });
  return withEngine(context, async ({ client }) => {
    await untilConnected(client, context.stop);
    return command(client, adminWords[context.language], times);
  });
}

function table<Row>(words: AdminWords, columns: readonly Column<Row>[], rows: readonly Row[]): string {
  return rows.length === 0 ? words.nothing : toTable(columns, rows);
}

const done = async (work: Promise<object>, words: AdminWords): Promise<Outcome> => ({
  document: { ...(await work) },
  text: () => words.done,
});

/** `registration=closed`, several of them; none shows how it is. */
export function settings(changes: readonly string[]): AdminCommand {
  const change: Record<string, unknown> = {};
  for (const text of changes) {
    const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(text) ?? [];
    change[name] = /^\d+$/.test(value) ? Number(value) : value;
  }
  const parsed = adminSettingsSchema.partial().strict().safeParse(change);
  if (!parsed.success) throw new EnxameError('flag-invalid', { flag: changes.join(' ') });
  return async (client, words) => {
    const now: AdminSettings =
      changes.length === 0
        ? (await client.call('admin:read', {})).settings
        : await client.call('admin:configure', parsed.data);
    const rows = Object.entries(now);
    const text = (): string =>
      table(words, [
        { title: words.columns.setting, cell: ([name]) => name },
        { title: words.columns.value, cell: ([, value]) => String(value) },
      ], rows); // prettier-ignore
    return { document: { settings: now }, text };
  };
}

export const invite =
  (flags: { readonly uses?: number; readonly for?: number; readonly note?: string }): AdminCommand =>
  async (client) => {
    const invitation = await client.call('admin:invite', { uses: flags.uses ?? 1, lifeMs: flags.for ?? null, note: flags.note ?? '' }); // prettier-ignore
    return { document: invitation, text: () => invitation.code };
  };

export const invitations: AdminCommand = async (client, words, times) => {
  const document = await client.call('admin:invitations', {});
  const text = (): string =>
    table(words, [
      { title: words.columns.code, cell: ({ code }) => code },
      { title: words.columns.left, cell: ({ usesLeft }) => String(usesLeft), align: 'right' },
      { title: words.columns.ends, cell: ({ expiresAt }) => (expiresAt === null ? words.never : times.format(expiresAt)) },
      { title: words.columns.note, cell: ({ note }) => note },
    ], document.invitations); // prettier-ignore
  return { document, text };
};

export const uninvite =
  (code: string): AdminCommand =>
  (client, words) =>
    done(client.call('admin:uninvite', { code }), words);

export const ban =
  (who: string, flags: { readonly reason?: string; readonly for?: number }): AdminCommand =>
  async (client, words) => {
    const made = await client.call('admin:ban', { target: toTarget(who), reason: flags.reason ?? '', lifeMs: flags.for ?? null }); // prettier-ignore
    return { document: made, text: () => words.done };
  };

/** A device by its id, an address or a range by its looks, else a person by name. */
function toTarget(who: string): BanTarget {
  const deviceId = deviceIdSchema.safeParse(who);
  if (deviceId.success) return { kind: 'device', deviceId: deviceId.data };
  return addressRangeSchema.safeParse(who).success ? { kind: 'address', range: who } : { kind: 'user', name: who };
}

export const bans: AdminCommand = async (client, words, times) => {
  const document = await client.call('admin:bans', {});
  const text = (): string =>
    table(words, [
      { title: words.columns.id, cell: ({ id }) => id },
      { title: words.columns.who, cell: ({ label }) => label },
      { title: words.columns.ends, cell: ({ expiresAt }) => (expiresAt === null ? words.never : times.format(expiresAt)) },
      { title: words.columns.reason, cell: ({ reason }) => reason },
    ], document.bans); // prettier-ignore
  return { document, text };
};

export const unban =
  (id: string): AdminCommand =>
  (client, words) =>
    done(client.call('admin:unban', { id }), words);

export const remove =
  (id: string, flags: { readonly reason?: string }): AdminCommand =>
  async (client, words) => {
    const target = entryIdSchema.or(contentIdSchema).safeParse(id);
    if (!target.success) throw new EnxameError('entry-not-found');
    const document = await client.call('admin:remove', { id: target.data, reason: flags.reason ?? '' });
    return { document, text: () => words.removed(document.removed) };
  };

export const removals: AdminCommand = async (client, words, times) => {
  const document = await client.call('admin:removals', {});
  const text = (): string =>
    table(words, [
      { title: words.columns.id, cell: ({ id }) => id },
      { title: words.columns.when, cell: ({ at }) => times.format(at) },
      { title: words.columns.who, cell: ({ owner }) => owner.name },
      { title: words.columns.reason, cell: ({ reason }) => reason },
      { title: words.columns.name, cell: ({ name }) => name },
    ], document.removals); // prettier-ignore
  return { document, text };
};

export const restore =
  (id: string): AdminCommand =>
  (client, words) =>
    done(client.call('admin:restore', { id }), words);

export const announce =
  (text: string): AdminCommand =>
  (client, words) =>
    done(client.call('admin:announce', { text }), words);

export const appoint =
  (name: string): AdminCommand =>
  (client, words) =>
    done(client.call('admin:appoint', { name }), words);

export const dismiss =
  (name: string): AdminCommand =>
  (client, words) =>
    done(client.call('admin:dismiss', { name }), words);

export const quota =
  (name: string, hostedBytes: number | null): AdminCommand =>
  (client, words) =>
    done(client.call('admin:quota', { name, hostedBytes }), words);

export const audit =
  (flags: { readonly limit?: number }): AdminCommand =>
  async (client, words, times) => {
    const document = await client.call('admin:audit', { limit: Math.min(flags.limit ?? 50, 200) });
    const text = (): string =>
      table(words, [
        { title: words.columns.when, cell: ({ at }) => times.format(at) },
        { title: words.columns.who, cell: ({ by }) => by },
        { title: words.columns.what, cell: ({ action, target, detail }) => [action, target, detail].filter((part) => part !== '').join(' · ') },
      ], document.records); // prettier-ignore
    return { document, text };
  };
