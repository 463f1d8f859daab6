import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { identityCalls } from '@enxame/shared/engine/identity-calls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { DeviceIdentity } from '../identity/device-identity.js';
import type { TrackerBook } from '../tracker/tracker-book.js';
import type { TrackerConnection } from '../tracker/tracker-connection.js';

export function createIdentityHandlers(deps: {
  readonly identity: Pick<DeviceIdentity, 'recoveryWords' | 'restoreUser'>;
  readonly book: Pick<TrackerBook, 'current' | 'pins'>;
  readonly connection: Pick<TrackerConnection, 'restart'>;
  readonly onStatus: () => void;
}): Pick<EngineHandlers, keyof typeof identityCalls> {
  const { identity, book, connection } = deps;
  return {
    'identity:words': ({ language }) => ({ words: identity.recoveryWords(language) }),
    'identity:restore': async ({ words }) => {
      const named = book.pins.find(({ user }) => user !== null)?.user;
      if (named) throw new EnxameError('already-registered', { name: named.name });
      await identity.restoreUser(words);
      // The next session is that of the user who came back; the tracker knows the name.
      if (book.current) await connection.restart();
      deps.onStatus();
      return { name: book.current?.user?.name ?? null };
    },
  };
}
