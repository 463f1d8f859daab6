import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { identityCalls } from '@enxame/shared/engine/identity-calls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { DeviceIdentity } from '../identity/device-identity.js';
import type { DevicePairing } from '../identity/device-pairing.js';
import type { TrackerBook } from '../tracker/tracker-book.js';
import type { TrackerConnection } from '../tracker/tracker-connection.js';

export function createIdentityHandlers(deps: {
  readonly identity: Pick<DeviceIdentity, 'recoveryWords' | 'restoreUser'>;
  readonly book: Pick<TrackerBook, 'current' | 'pins'>;
  readonly connection: Pick<TrackerConnection, 'restart'>;
  readonly pairing: Pick<DevicePairing, 'invite' | 'joined' | 'takeBack' | 'join'>;
  readonly onStatus: () => void;
}): Pick<EngineHandlers, keyof typeof identityCalls> {
  const { identity, book, connection, pairing } = deps;

  function refuseNamed(): void {
    const named = book.pins.find(({ user }) => user !== null)?.user;
    if (named) throw new EnxameError('already-registered', { name: named.name });
  }

  async function restore(words: string): Promise<{ name: string | null }> {
    refuseNamed();
    await identity.restoreUser(words);
    // The next session is that of the user who came back; the tracker knows the name.
    if (book.current) await connection.restart();
    deps.onStatus();
    return { name: book.current?.user?.name ?? null };
  }

  return {
    'identity:words': ({ language }) => ({ words: identity.recoveryWords(language) }),
    'identity:restore': ({ words }) => restore(words),
    'device:invite': () => pairing.invite(),
    'device:joined': () => pairing.joined(),
    'device:uninvite': async () => {
      await pairing.takeBack();
      return {};
    },
    'device:join': async ({ code }) => {
      refuseNamed(); // before the code is spent
      return pairing.join(code, restore);
    },
  };
}
