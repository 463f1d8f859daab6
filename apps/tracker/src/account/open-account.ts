import { checkSignature, parsePublicKey } from '@enxame/identity/public-key';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { leaveStatement } from '@enxame/shared/identity/grant';
import { toNameKey } from '@enxame/shared/identity/user-name';
import type { TrackerId } from '@enxame/shared/ids';
import type { Handlers } from '@enxame/shared/messages/request-table';
import type { accountRequests } from '@enxame/shared/tracker/account';
import type { Administration } from '../admin/administration.js';
import type { Api } from '../api/open-api.js';
import type { Clock } from '../domain/clock.js';
import type { Network } from '../domain/network.js';
import { sessionOf, takeNonce, type Connection } from '../socket/connection.js';
import { createDataExport } from './export-data.js';
import { createHostedData } from './hosted-data.js';
import { createLeaving } from './leaving.js';
import { createNetworkData, type PersonalData } from './personal-data.js';

/** The answer goes out before the connection ends. */
const farewellMs = 1000;

/** What people can see of what is held of them, and how they leave. First of all ends what a crash cut off. */
export async function openAccount(deps: {
  readonly trackerId: TrackerId;
  readonly network: Network;
  readonly administration: Administration;
  readonly api: Pick<Api, 'forDevices' | 'webSessions'>;
  readonly clock: Clock;
}): Promise<Handlers<typeof accountRequests, Connection>> {
  const { network, administration, clock, trackerId } = deps;
  const data: readonly PersonalData[] = [
    ...createHostedData(deps.api),
    ...createNetworkData(network, administration),
    {
      section: 'account',
      list: (userId) => [network.users.get(userId)].filter((user) => user !== undefined),
      forgetUser: () => Promise.resolve(), // leaving.ts, when everything else is gone
    },
  ];
  const exportPage = createDataExport(data, clock);
  const leaving = createLeaving({ administration, network, data, now: () => clock.now() });
  await leaving.resume();

  return {
    'account:export': ({ after }, connection) => exportPage(sessionOf(connection).user.id, after),
    'account:leave': async ({ name, signature }, connection) => {
      const session = sessionOf(connection);
      const { id: userId, name: known, userKey } = session.user;
      const nonce = takeNonce(connection);
      if (toNameKey(name) !== toNameKey(known)) throw new EnxameError('bad-request', { where: 'name' });
      const statement = leaveStatement({ trackerId, nonce, userId, name });
      checkSignature(parsePublicKey(userKey, 'ed25519'), statement, signature);
      // From here on this connection is nobody's: what it asks is answered `unauthorized`.
      connection.session = undefined;
      network.closeSession(session);
      try {
        return { nameBlockedUntil: await leaving.leave(userId, session) };
      } finally {
        clock.after(farewellMs, () => {
          connection.end();
        });
      }
    },
  };
}
