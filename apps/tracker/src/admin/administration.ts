import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toNameKey, toNameSkeleton } from '@enxame/shared/identity/user-name';
import type { UserId } from '@enxame/shared/ids';
import type { AdminSettings } from '@enxame/shared/tracker/admin';
import type { Session } from '../domain/session.js';
import type { User } from '../domain/user.js';
import type { HostedQuotas } from '../domain/hosted-room.js';
import type { TrackerLimits } from '../limits.js';
import { keyOf, recordOf, recordsOf, type AdminRecords } from './admin-records.js';
import type { AuditLog } from './audit-log.js';
import { createBans, type Bans } from './bans.js';
import { createInvitations, type Invitations } from './invitations.js';
import { createRemovals, type Removals } from './removals.js';

type HostedLimits = Pick<TrackerLimits, 'hostedBytesPerUser' | 'hostedBytes'>;

/** Until an administrator says otherwise. */
const toDefaults = ({ hostedBytesPerUser, hostedBytes }: HostedLimits): AdminSettings => ({
  registration: 'open',
  catalogue: 'members',
  hostedBytesPerUser,
  hostedBytesInAll: hostedBytes,
  hostedBytesForCache: 0,
  nameBlockedDays: 90,
});

/** What administrators decided, and what follows from it. Owns its records; `AdminActions` are the way to change it. */
export interface Administration {
  readonly records: AdminRecords;
  readonly audit: AuditLog;
  readonly bans: Bans;
  readonly invitations: Invitations;
  readonly removals: Removals;
  readonly settings: AdminSettings;
  readonly isAdmin: (userId: UserId) => boolean;
  admins(): UserId[];
  /** Of a network that is older than its administration, who registered first becomes administrator. */
  adopt(users: Iterable<User>): Promise<void>;
  appoint(userId: UserId): Promise<void>;
  dismiss(userId: UserId): Promise<void>;
  readonly hostedQuotas: HostedQuotas;
  /** Throws `banned` for a person who was shut out; what is asked of every request over HTTP. */
  readonly checkMember: (userId: UserId) => void;
  /** Whether this is, or looks like, the name of somebody who left lately. */
  readonly isNameBlocked: (name: string) => boolean;
  /** Tells a session what waits for its person. */
  greet(session: Session): void;
  /** All that is kept of a person who leaves; what was done to and by them stays in the audit log. */
  forgetUser(userId: UserId): Promise<void>;
}

export function createAdministration(deps: {
  readonly records: AdminRecords;
  readonly audit: AuditLog;
  readonly limits: HostedLimits;
  readonly now: () => number;
}): Administration {
  const { records, now } = deps;
  const defaults = toDefaults(deps.limits);
  const bans = createBans(records, now);
  const removals = createRemovals(records);
  const settings = (): AdminSettings => recordOf(records, 'settings', '')?.settings ?? defaults;
  const admins = (): UserId[] => recordsOf(records, 'admin').map(({ userId }) => userId);
  const appoint = (userId: UserId): Promise<void> => records.set(keyOf('admin', userId), { kind: 'admin', userId });

  return {
    records,
    audit: deps.audit,
    bans,
    invitations: createInvitations(records, now),
    removals,
    get settings() {
      return settings();
    },
    isAdmin: (userId) => recordOf(records, 'admin', userId) !== undefined,
    admins,
    adopt: async (users) => {
      const [first] = [...users].sort((left, right) => left.registeredAt - right.registeredAt);
      if (records.size === 0 && first) await appoint(first.id);
    },
    appoint,
    dismiss: (userId) => records.delete(keyOf('admin', userId)),
    hostedQuotas: {
      ofUser: (userId) => recordOf(records, 'quota', userId)?.hostedBytes ?? settings().hostedBytesPerUser,
      inAll: () => settings().hostedBytesInAll,
      forCache: () => settings().hostedBytesForCache,
    },
    checkMember: (userId) => {
      if (recordOf(records, 'leaving', userId)) throw new EnxameError('not-registered');
      bans.check({ userId });
    },
    isNameBlocked: (name) => {
      const [key, skeleton] = [toNameKey(name), toNameSkeleton(name)];
      const left = [...recordsOf(records, 'blocked-name'), ...recordsOf(records, 'leaving')];
      return left.some(
        ({ name: other, until }) => until > now() && (toNameKey(other) === key || toNameSkeleton(other) === skeleton),
      );
    },
    greet: (session) => {
      const untold = removals.untold(session.user.id);
      if (untold.length > 0) session.push('entry:removed', { removals: untold });
    },
    forgetUser: async (userId) => {
      await removals.forgetUser(userId);
      await records.delete(keyOf('quota', userId));
      await records.delete(keyOf('admin', userId));
    },
  };
}
