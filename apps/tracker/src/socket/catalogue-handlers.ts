import { signTicket } from '@enxame/identity/ticket';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Handlers } from '@enxame/shared/messages/request-table';
import { toCatalogueRow } from '../domain/catalogue-record.js';
import type { TrackerRequests } from '@enxame/shared/tracker/requests';
import type { PersonRecord } from '../domain/person.js';
import type { Session } from '../domain/session.js';
import { sessionOf, type Connection } from './connection.js';
import type { HandlerDeps } from './handler-deps.js';

type CatalogueRequests = Pick<
  TrackerRequests,
  | 'entries:compare'
  | 'entries:announce'
  | 'entries:withdraw'
  | 'catalogue:list'
  | 'catalogue:watch'
  | 'catalogue:unwatch'
  | 'entry:get'
  | 'sources:watch'
  | 'sources:unwatch'
  | 'sources:offer'
  | 'sources:retract'
  | 'people:watch'
>;

/** What a session can do with the catalogue. */
export function createCatalogueHandlers(deps: HandlerDeps): Handlers<CatalogueRequests, Connection> {
  const { network } = deps;

  function ownerOf(session: Session): PersonRecord {
    const person = network.people.get(session.user.id);
    if (!person) throw new EnxameError('not-registered');
    return person;
  }

  return {
    'entries:compare': ({ digest, after }, connection) =>
      network.comparisons.compare(sessionOf(connection), digest, after),
    'entries:announce': async ({ entries }, connection) => {
      const session = sessionOf(connection);
      return { refused: await network.catalogue.announce(ownerOf(session), session.deviceId, entries) };
    },
    'entries:withdraw': async ({ ids }, connection) => {
      const session = sessionOf(connection);
      await network.catalogue.withdraw(ownerOf(session), session.deviceId, ids);
      return {};
    },
    'catalogue:list': ({ query, window, cursor }, connection) => {
      const { user } = sessionOf(connection);
      return network.reading.list(query, window, cursor, user.id);
    },
    'catalogue:watch': ({ watchId, query, window }, connection) =>
      network.lists.watch(sessionOf(connection), watchId, query, window),
    'catalogue:unwatch': ({ watchId }, connection) => {
      network.lists.unwatch(sessionOf(connection), watchId);
      return {};
    },
    'entry:get': ({ id }, connection) => {
      const record = network.reading.find(id, sessionOf(connection).user.id);
      if (!record) throw new EnxameError('entry-not-found');
      return toCatalogueRow(record);
    },
    'sources:watch': async ({ contentId }, connection) => {
      const session = sessionOf(connection);
      const { deviceId, user } = session;
      if (!network.reading.hasContent(contentId, user.id)) throw new EnxameError('content-not-found');
      const holder = { trackerId: deps.trackerId, deviceId, contentId, userName: user.name, userId: user.id };
      const { ticket, expiresAt } = await signTicket(deps.privateKey, holder, deps.now());
      // While the ticket was signed the connection may have ended: a watch made now would stay for ever.
      const sources = network.sources.watch(sessionOf(connection), contentId);
      return { ticket, expiresAt, sources };
    },
    'sources:unwatch': ({ contentId }, connection) => {
      network.sources.unwatch(sessionOf(connection), contentId);
      return {};
    },
    'sources:offer': ({ offers }, connection) => {
      network.offer(sessionOf(connection), offers);
      return {};
    },
    'sources:retract': ({ contentIds }, connection) => {
      network.retract(sessionOf(connection), contentIds);
      return {};
    },
    'people:watch': (_payload, connection) => network.people.watch(sessionOf(connection)),
  };
}
