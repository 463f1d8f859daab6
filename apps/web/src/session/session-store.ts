import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { registrationStatement, webSessionStatement } from '@enxame/shared/identity/grant';
import type { TrackerId, UserId } from '@enxame/shared/ids';
import { apiRoutes } from '@enxame/shared/tracker/api';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TrackerApi } from '../api/tracker-api.js';
import type { WebKey, WebKeys } from './web-keys.js';

export interface Member {
  readonly id: UserId;
  readonly name: string;
  readonly isAdmin: boolean;
}

export type SessionState =
  | { readonly kind: 'starting' }
  /** `known`: the name of which this browser has the key. */
  | { readonly kind: 'guest'; readonly known: string | null }
  | { readonly kind: 'member'; readonly member: Member };

export interface Session extends StoreApi<SessionState> {
  /** What goes with each question; null for a guest. */
  token(): string | null;
  /** Goes on where this browser was: with its key, or with the token of this tab. */
  start(trackerId: TrackerId): Promise<void>;
  /** Registers the name for the key of this browser. Throws what registering throws; a DOMException without Ed25519. */
  join(name: string, invitation: string | undefined): Promise<void>;
  signIn(): Promise<void>;
  /** Throws `unauthorized`. */
  useToken(token: string): Promise<void>;
  readonly signOut: () => void;
}

export interface SessionDeps {
  readonly api: TrackerApi;
  /** Null where the browser makes no keys: the page came without encryption. */
  readonly keys: WebKeys | null;
  /** Of this tab. */
  readonly tabStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Of this browser. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Lets the browser's own downloads in: they send no headers. Null takes it back. */
  readonly admitDownloads: (token: string | null) => void;
}

const tokenKey = 'enxame.token';
const leftKey = 'enxame.left';

/** Who uses this page. Owns the secret of the session; it lives in memory, and for a pasted token in this tab. */
export function createSession(deps: SessionDeps): Session {
  const { api, keys, tabStorage, storage, admitDownloads } = deps;
  const store = createStore<SessionState>(() => ({ kind: 'starting' }));
  const show = (state: SessionState): void => {
    store.setState(state, true);
  };
  let token: string | null = null;
  let tracker: TrackerId | undefined;
  let known: string | null = null;

  const trackerId = (): TrackerId => {
    if (tracker === undefined) throw new EnxameError('tracker-offline');
    return tracker;
  };
  const nonce = async (): Promise<string> =>
    (await api.ask({ path: '/session/challenge', reply: apiRoutes.challenge.reply })).nonce;

  function enter(secret: string, member: Member): void {
    token = secret;
    admitDownloads(secret);
    storage.removeItem(leftKey);
    show({ kind: 'member', member });
  }
  function beGuest(): void {
    token = null;
    admitDownloads(null);
    tabStorage.removeItem(tokenKey);
    show({ kind: 'guest', known });
  }
  async function signInWith({ userId, userKey, sign }: WebKey): Promise<void> {
    const challenge = await nonce();
    const signature = await sign(webSessionStatement({ trackerId: trackerId(), nonce: challenge, userId }));
    const {
      user,
      token: secret,
      isAdmin,
    } = await api.ask({
      method: 'post',
      path: '/session',
      body: { userKey, nonce: challenge, signature },
      reply: apiRoutes.signIn.reply,
    });
    enter(secret, { ...user, isAdmin });
  }
  async function takeToken(secret: string): Promise<void> {
    token = secret;
    try {
      const { user, isAdmin } = await api.ask({ path: '/me', reply: apiRoutes.me.reply });
      if (!user) throw new EnxameError('unauthorized');
      tabStorage.setItem(tokenKey, secret);
      enter(secret, { ...user, isAdmin });
    } catch (error) {
      token = null;
      throw error;
    }
  }

  return {
    ...store,
    token: () => token,
    start: async (id) => {
      tracker = id;
      const key = (await keys?.find(id)) ?? null;
      known = key?.name ?? null;
      const kept = tabStorage.getItem(tokenKey);
      try {
        if (kept !== null) await takeToken(kept);
        else if (key && known !== null && storage.getItem(leftKey) === null) await signInWith(key);
        else beGuest();
      } catch (error) {
        beGuest();
        // Whom the tracker no longer knows is a guest; anything else is said.
        if (!isErrorWithCode(error, 'unauthorized', 'not-registered')) throw error;
      }
    },
    join: async (name, invitation) => {
      if (!keys) throw new EnxameError('not-supported');
      const id = trackerId();
      const key = await keys.make(id);
      const challenge = await nonce();
      const { userId, userKey } = key;
      const signature = await key.sign(registrationStatement({ trackerId: id, nonce: challenge, userId, name }));
      const { user } = await api.ask({
        method: 'post',
        path: '/users',
        body: { name, userKey, nonce: challenge, signature, ...(invitation !== undefined && { invitation }) },
        reply: apiRoutes.register.reply,
      });
      known = user.name;
      await keys.keepName(id, user.name);
      await signInWith(key);
    },
    signIn: async () => {
      const key = await keys?.find(trackerId());
      if (!key) throw new EnxameError('not-registered');
      await signInWith(key);
    },
    useToken: takeToken,
    signOut: () => {
      storage.setItem(leftKey, 'yes');
      beGuest();
    },
  };
}
