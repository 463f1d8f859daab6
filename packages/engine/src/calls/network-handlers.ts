import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { signStatement } from '@enxame/identity/signing';
import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { networkCalls } from '@enxame/shared/engine/network-calls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { leaveStatement } from '@enxame/shared/identity/grant';
import { adminRequests } from '@enxame/shared/tracker/admin';
import { toDiskError } from '@enxame/storage/disk-error';
import { removeFile } from '@enxame/storage/durable-file';
import type { DeviceIdentity } from '../identity/device-identity.js';
import type { TrackerBook } from '../tracker/tracker-book.js';
import type { TrackerConnection } from '../tracker/tracker-connection.js';
import type { TrackerSession } from '../tracker/tracker-session.js';

type NetworkHandlers = Pick<EngineHandlers, keyof typeof networkCalls>;
type Forwarded = keyof typeof adminRequests | 'announcements:list' | 'stats:read';

/** Administration and counts go to the tracker as they are; the account is exported and left here. */
export function createNetworkHandlers(deps: {
  readonly connection: Pick<TrackerConnection, 'session' | 'openSocket'>;
  readonly book: Pick<TrackerBook, 'current' | 'clearUser'>;
  readonly identity: Pick<DeviceIdentity, 'userKey' | 'userId'>;
  readonly now: () => number;
}): NetworkHandlers {
  const { connection, book } = deps;

  function sessionOf(): TrackerSession {
    const { session } = connection;
    if (!session) throw new EnxameError(book.current?.user ? 'tracker-offline' : 'not-registered');
    return session;
  }

  const names = [...Object.keys(adminRequests), 'announcements:list', 'stats:read'] as Forwarded[];
  const forwarded = Object.fromEntries(
    names.map((name): [string, unknown] => [name, (payload: unknown) => sessionOf().request(name, payload as never)]),
  ) as Pick<NetworkHandlers, Forwarded>;

  return {
    ...forwarded,
    'account:export': async ({ path }) => {
      const session = sessionOf();
      const head = { trackerId: book.current?.trackerId, user: book.current?.user, exportedAt: deps.now() };
      return { path, records: await writeExport(path, head, session) };
    },
    'account:leave': async ({ name }) => {
      const session = sessionOf();
      const pin = book.current;
      if (!pin) throw new EnxameError('tracker-not-chosen');
      const { nonce } = await session.request('session:challenge', {});
      const statement = leaveStatement({ trackerId: pin.trackerId, nonce, userId: deps.identity.userId, name });
      const signature = signStatement(deps.identity.userKey, statement);
      const reply = await session.request('account:leave', { name, signature });
      await book.clearUser(pin.trackerId);
      return reply;
    },
  };
}

/** `{..., "sections": {"entries": [...], ...}}`, a page at a time: what does not fit in memory fits in the file. */
async function writeExport(path: string, head: object, session: TrackerSession): Promise<number> {
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new EnxameError('path-exists', { path });
    throw toDiskError(error, dirname(path));
  });
  let isWhole = false;
  try {
    let records = 0;
    let section: string | undefined;
    await file.writeFile(`${JSON.stringify(head).slice(0, -1)},"sections":{`);
    for (let after: string | null = null; ;) {
      const page = await exportPage(session, after);
      const lines = page.records.map((record) => `\n${JSON.stringify(record)}`).join(',');
      const end = section === undefined ? '' : '],';
      if (page.section !== section) await file.writeFile(`${end}\n${JSON.stringify(page.section)}:[${lines}`);
      else if (lines !== '') await file.writeFile(`,${lines}`);
      section = page.section;
      records += page.records.length;
      if (page.next === null) break;
      after = page.next;
    }
    await file.writeFile(']\n}}\n');
    await file.sync();
    isWhole = true;
    return records;
  } catch (error) {
    throw toDiskError(error, dirname(path));
  } finally {
    await file.close();
    if (!isWhole) await removeFile(path);
  }
}

/** Apart, so that the type of a page does not follow from itself. */
async function exportPage(session: TrackerSession, after: string | null) {
  return session.request('account:export', { after });
}
