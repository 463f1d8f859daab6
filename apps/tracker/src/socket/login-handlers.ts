import { checkDeviceGrant } from '@enxame/identity/device-grant';
import { checkSignature, parsePublicKey, toUserId } from '@enxame/identity/public-key';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { registrationStatement, sessionStatement } from '@enxame/shared/identity/grant';
import type { Handlers } from '@enxame/shared/messages/request-table';
import type { TrackerRequests } from '@enxame/shared/tracker/requests';
import { toDeviceAddresses } from '../domain/device-addresses.js';
import type { Session } from '../domain/session.js';
import type { User } from '../domain/user.js';
import { sessionOf, takeNonce, type Connection } from './connection.js';
import type { HandlerDeps } from './handler-deps.js';

const nonceBytes = 24;

type LoginRequests = Pick<
  TrackerRequests,
  'session:challenge' | 'user:register' | 'name:check' | 'session:open' | 'presence:update'
>;

/** How a connection becomes a session. All but `presence:update` are for connections that have none yet. */
export function createLoginHandlers(deps: HandlerDeps): Handlers<LoginRequests, Connection> {
  const { network, trackerId } = deps;
  return {
    'session:challenge': (_payload, connection) => {
      connection.startOnboarding();
      connection.nonce = Buffer.from(deps.randomBytes(nonceBytes)).toString('base64url');
      return { nonce: connection.nonce };
    },
    'name:check': ({ name }, connection) => {
      connection.startOnboarding();
      return { name: network.users.check(name) };
    },
    'user:register': async ({ name, userKey, signature, invitation }, connection) => {
      const nonce = takeNonce(connection);
      const key = parsePublicKey(userKey, 'ed25519');
      const userId = toUserId(key);
      checkSignature(key, registrationStatement({ trackerId, nonce, userId, name }), signature);
      const { remoteHost } = connection;
      return { user: toUserRef(await deps.admission.register({ userId, userKey, name, invitation, remoteHost })) };
    },
    'session:open': ({ grant, signature, addresses }, connection) => {
      const nonce = takeNonce(connection);
      const { userId, deviceId, deviceKey } = checkDeviceGrant(grant);
      checkSignature(deviceKey, sessionStatement({ trackerId, nonce, deviceId }), signature);
      deps.administration.bans.check({ userId, deviceId, host: connection.remoteHost });
      deps.administration.checkMember(userId);
      const user = network.users.get(userId);
      if (!user) throw new EnxameError('not-registered');
      const reachable = toDeviceAddresses(addresses, connection.remoteHost);
      const before = connection.session;
      if (before) {
        // The same device again on the same connection says where it is now; another one needs its own connection.
        if (before.deviceId !== deviceId) throw new EnxameError('bad-request', { where: 'grant' });
        network.presence.setAddresses(before, reachable);
        return { user: toUserRef(user), now: deps.now() };
      }
      const session: Session = {
        deviceId,
        user,
        grant,
        remoteHost: connection.remoteHost,
        addresses: reachable,
        connectionId: connection.id,
        push: (pushName, payload) => {
          connection.push(pushName, payload);
        },
        end: () => {
          connection.end();
        },
      };
      connection.session = session;
      connection.keep();
      network.presence.open(session);
      deps.administration.greet(session);
      return { user: toUserRef(user), now: deps.now() };
    },
    'presence:update': ({ addresses }, connection) => {
      const session = sessionOf(connection);
      network.presence.setAddresses(session, toDeviceAddresses(addresses, session.remoteHost));
      return {};
    },
  };
}

const toUserRef = ({ id, name }: User): Pick<User, 'id' | 'name'> => ({ id, name });
