import { BlockList, isIP } from 'node:net';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { DeviceId, UserId } from '@enxame/shared/ids';
import { maxBans, type Ban } from '@enxame/shared/tracker/admin-bans';
import { addRecord } from '../domain/records.js';
import { addToList } from '../operation/setting-table.js';
import { keyOf, recordsOf, type AdminRecords } from './admin-records.js';

/** Who is being looked at: what is known of them. */
export interface Suspect {
  readonly userId?: UserId;
  readonly deviceId?: DeviceId;
  /** In normal form. */
  readonly host?: string;
}

/** Who is shut out: people, devices, address ranges. */
export interface Bans {
  /** Throws `banned`, with the reason, for whoever is shut out now. */
  check(suspect: Suspect): void;
  /** The latest last; those that are over are left out. */
  list(): Ban[];
  /** Throws `too-large` past `maxBans`. */
  add(ban: Ban): Promise<void>;
  /** What is not there is passed over. */
  remove(id: string): Promise<Ban | undefined>;
}

/** Whether an address, in normal form, is in a range. */
export function toRangeTest(range: string): (host: string) => boolean {
  const list = new BlockList();
  addToList(list, range);
  return (host) => {
    const family = isIP(host);
    return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4');
  };
}

export function createBans(records: AdminRecords, now: () => number): Bans {
  const byTarget = new Map<string, Set<Ban>>();
  const ranges = new Map<string, (host: string) => boolean>();

  for (const { ban } of recordsOf(records, 'ban')) index(ban);

  function index(ban: Ban): void {
    if (ban.kind === 'address') {
      ranges.set(ban.id, toRangeTest(ban.target));
    }
    const key = ban.kind === 'address' ? 'address' : `${ban.kind} ${ban.target}`;
    byTarget.set(key, (byTarget.get(key) ?? new Set()).add(ban));
  }

  function forget(ban: Ban): void {
    ranges.delete(ban.id);
    for (const [key, bans] of byTarget) if (bans.delete(ban) && bans.size === 0) byTarget.delete(key);
  }

  const isInForce = ({ expiresAt }: Ban): boolean => expiresAt === null || expiresAt > now();

  function* against({ userId, deviceId, host }: Suspect): Iterable<Ban> {
    yield* byTarget.get(`user ${userId ?? ''}`) ?? [];
    yield* byTarget.get(`device ${deviceId ?? ''}`) ?? [];
    if (host !== undefined) for (const ban of byTarget.get('address') ?? []) if (ranges.get(ban.id)?.(host)) yield ban;
  }

  const list = (): Ban[] => [...byTarget.values()].flatMap((bans) => [...bans]).filter(isInForce).sort((a, b) => a.at - b.at); // prettier-ignore

  return {
    check: (suspect) => {
      for (const ban of against(suspect)) {
        if (!isInForce(ban)) continue;
        throw new EnxameError('banned', ban.reason === '' ? undefined : { reason: ban.reason });
      }
    },
    list,
    add: async (ban) => {
      // Those that are over make room first.
      for (const { ban: old } of recordsOf(records, 'ban')) {
        if (isInForce(old)) continue;
        forget(old);
        await records.delete(keyOf('ban', old.id));
      }
      if (list().length >= maxBans) throw new EnxameError('too-large');
      await addRecord(records, keyOf('ban', ban.id), { kind: 'ban', ban });
      index(ban);
    },
    remove: async (id) => {
      const record = recordsOf(records, 'ban').find(({ ban }) => ban.id === id);
      if (!record) return undefined;
      await records.delete(keyOf('ban', id));
      for (const bans of byTarget.values()) for (const ban of bans) if (ban.id === id) forget(ban);
      return record.ban;
    },
  };
}
