import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toNameKey } from '@enxame/shared/identity/user-name';
import { entryIdSchema, type ContentId, type UserId } from '@enxame/shared/ids';
import type { Handlers } from '@enxame/shared/messages/request-table';
import { adminSettingsSchema, maxRemovalsShown, type adminRequests } from '@enxame/shared/tracker/admin';
import { maxBansShown, type Ban, type BanTarget } from '@enxame/shared/tracker/admin-bans';
import type { CatalogueRecord } from '../domain/catalogue-record.js';
import type { Network } from '../domain/network.js';
import type { PushAll } from '../domain/session.js';
import type { User } from '../domain/user.js';
import { keyOf, pageOf, recordsOf } from './admin-records.js';
import type { Administration } from './administration.js';
import type { Announcements } from './announcements.js';
import type { Actor } from './audit-log.js';
import { toRangeTest } from './bans.js';

export type AdminRequests = typeof adminRequests;
/** What administrators can do. Whether somebody is one was asked before (admin-access.ts). */
export type AdminActions = Handlers<AdminRequests, Actor>;

export interface AdminActionDeps {
  readonly administration: Administration;
  readonly announcements: Announcements;
  readonly network: Pick<Network, 'users' | 'people' | 'presence' | 'entries' | 'catalogue'>;
  readonly pushAll: PushAll;
  readonly now: () => number;
  readonly randomBytes: (bytes: number) => Uint8Array;
  /** The tracker keeps no copy for this person any more. */
  readonly dropHosted: (userId: UserId, contentId: ContentId) => Promise<void>;
}

export function createAdminActions(deps: AdminActionDeps): AdminActions {
  const { administration, network, now } = deps;
  const { audit, bans, invitations, removals, records } = administration;
  const randomId = (bytes = 12): string => Buffer.from(deps.randomBytes(bytes)).toString('base64url');

  function userNamed(name: string): User {
    const key = toNameKey(name);
    for (const user of network.users.values()) if (toNameKey(user.name) === key) return user;
    throw new EnxameError('person-not-found', { name });
  }

  const toRef = (userId: User['id']) => ({ id: userId, name: network.users.get(userId)?.name ?? '' });

  function toTarget(target: BanTarget): { target: string; label: string } {
    if (target.kind === 'address') {
      const holds = toRangeTest(target.range);
      for (const { user, remoteHost } of network.presence.sessions()) {
        if (administration.isAdmin(user.id) && holds(remoteHost)) throw new EnxameError('forbidden');
      }
      return { target: target.range, label: target.range };
    }
    if (target.kind === 'device') return { target: target.deviceId, label: target.deviceId };
    const user = userNamed(target.name);
    if (administration.isAdmin(user.id)) throw new EnxameError('forbidden');
    return { target: user.id, label: user.name };
  }

  function endBanned(): void {
    for (const session of [...network.presence.sessions()]) {
      try {
        bans.check({ userId: session.user.id, deviceId: session.deviceId, host: session.remoteHost });
      } catch (error) {
        if (!(error instanceof EnxameError)) throw error;
        session.end();
      }
    }
  }

  function recordsBehind(id: string): CatalogueRecord[] {
    const entryId = entryIdSchema.safeParse(id);
    const found = entryId.success ? network.entries.get(entryId.data) : undefined;
    if (found) return [found];
    return entryId.success ? [] : network.entries.entriesOf(id as ContentId);
  }

  return {
    'admin:read': () => ({
      settings: administration.settings,
      admins: administration.admins().map(toRef),
      quotas: recordsOf(records, 'quota').map(({ userId, hostedBytes }) => ({ user: toRef(userId), hostedBytes })),
    }),
    'admin:configure': async (change, actor) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const settings = adminSettingsSchema.parse({ ...administration.settings, ...given });
      await records.set(keyOf('settings', ''), { kind: 'settings', settings });
      await audit.add(actor, 'configure', Object.keys(given).join(', '), JSON.stringify(given));
      return settings;
    },
    'admin:quota': async ({ name, hostedBytes }, actor) => {
      const { id: userId, name: known } = userNamed(name);
      const key = keyOf('quota', userId);
      if (hostedBytes === null) await records.delete(key);
      else await records.set(key, { kind: 'quota', userId, hostedBytes });
      await audit.add(actor, 'quota', known, String(hostedBytes ?? ''));
      return {};
    },
    'admin:appoint': async ({ name }, actor) => {
      const user = userNamed(name);
      await administration.appoint(user.id);
      await audit.add(actor, 'appoint', user.name);
      return {};
    },
    'admin:dismiss': async ({ name }, actor) => {
      const user = userNamed(name);
      if (!administration.isAdmin(user.id)) return {};
      if (administration.admins().length === 1) throw new EnxameError('forbidden');
      await administration.dismiss(user.id);
      await audit.add(actor, 'dismiss', user.name);
      return {};
    },
    'admin:invite': async ({ uses, lifeMs, note }, actor) => {
      const createdAt = now();
      const expiresAt = lifeMs === null ? null : createdAt + lifeMs;
      const invitation = {
        code: randomId(15),
        note,
        uses,
        usesLeft: uses,
        createdAt,
        createdBy: actor.name,
        expiresAt,
      };
      await invitations.add(invitation);
      await audit.add(actor, 'invite', note, `${String(uses)} uses`); // not the code: who reads the log needs none
      return invitation;
    },
    'admin:invitations': () => ({ invitations: invitations.list().reverse() }),
    'admin:uninvite': async ({ code }, actor) => {
      const known = invitations.list().find((invitation) => invitation.code === code);
      if (!known) return {};
      await invitations.remove(code);
      await audit.add(actor, 'uninvite', known.note);
      return {};
    },
    'admin:ban': async ({ target, reason, lifeMs }, actor) => {
      const at = now();
      const expiresAt = lifeMs === null ? null : at + lifeMs;
      const ban: Ban = {
        id: randomId(),
        kind: target.kind,
        ...toTarget(target),
        reason,
        at,
        by: actor.name,
        expiresAt,
      };
      await bans.add(ban);
      endBanned();
      await audit.add(actor, 'ban', `${ban.kind} ${ban.label}`, reason);
      return ban;
    },
    'admin:bans': ({ after }) => {
      const all = bans.list();
      return { bans: pageOf(all, after, maxBansShown), total: all.length };
    },
    'admin:unban': async ({ id }, actor) => {
      const ban = await bans.remove(id);
      if (ban) await audit.add(actor, 'unban', `${ban.kind} ${ban.label}`);
      return {};
    },
    'admin:remove': async ({ id, reason }, actor) => {
      const found = recordsBehind(id);
      if (found.length === 0) throw new EnxameError('entry-not-found');
      for (const { owner, entry } of found) {
        const { contentId, name } = entry;
        const removal = { id: randomId(), owner: { id: owner.id, name: owner.name }, contentId, name, reason, at: now(), by: actor.name }; // prettier-ignore
        // Noted first: announced again meanwhile, it is refused.
        await removals.add(removal);
        await network.catalogue.remove(owner, [entry.id]);
        await deps.dropHosted(owner.id, contentId);
        await audit.add(actor, 'remove', `${owner.name}: ${name}`, reason);
        const sessions = [...network.presence.sessions()].filter(({ user }) => user.id === owner.id);
        const { by: _by, owner: _owner, ...removed } = removal;
        deps.pushAll(sessions, 'entry:removed', { removals: [removed] });
      }
      return { removed: found.length };
    },
    'admin:removals': ({ after }) => {
      const all = removals.list();
      return { removals: pageOf(all, after, maxRemovalsShown), total: all.length };
    },
    'admin:restore': async ({ id }, actor) => {
      const removal = await removals.restore(id);
      if (removal) await audit.add(actor, 'restore', `${removal.owner.name}: ${removal.name}`);
      return {};
    },
    'admin:announce': async ({ text }, actor) => {
      const announcement = { id: randomId(), text, at: now(), by: actor.name };
      await deps.announcements.add(announcement);
      deps.pushAll(network.presence.sessions(), 'announcement:made', announcement);
      await audit.add(actor, 'announce', '', text);
      return announcement;
    },
    'admin:audit': ({ before, limit }) => audit.page(before, limit),
  };
}
