import { userIdSchema, type TrackerId, type UserId } from '@enxame/shared/ids';

const store = 'keys';

/** A user key that this browser made. Its private half never leaves the browser's own storage. */
export interface WebKey {
  readonly userId: UserId;
  /** SPKI in DER, base64url. */
  readonly userKey: string;
  /** The name that it was registered with; null before that. */
  readonly name: string | null;
  /** Ed25519, base64url. */
  readonly sign: (statement: string) => Promise<string>;
}

interface StoredKey {
  readonly trackerId: TrackerId;
  readonly pair: CryptoKeyPair;
  readonly name: string | null;
}

/** The user keys of this browser, one for each tracker. */
export interface WebKeys {
  find(trackerId: TrackerId): Promise<WebKey | null>;
  /** The one that is there, else a new one, kept before it is used. Throws a DOMException where Ed25519 is not known. */
  make(trackerId: TrackerId): Promise<WebKey>;
  keepName(trackerId: TrackerId, name: string): Promise<void>;
}

export function createWebKeys({ subtle, indexedDB }: { subtle: SubtleCrypto; indexedDB: IDBFactory }): WebKeys {
  const opened = openDatabase(indexedDB);

  async function read(trackerId: TrackerId): Promise<StoredKey | undefined> {
    const database = await opened;
    return toPromise(
      database.transaction(store).objectStore(store).get(trackerId) as IDBRequest<StoredKey | undefined>,
    );
  }
  async function write(key: StoredKey): Promise<void> {
    const change = (await opened).transaction(store, 'readwrite', { durability: 'strict' });
    change.objectStore(store).put(key);
    await new Promise<void>((resolve, reject) => {
      change.oncomplete = () => {
        resolve();
      };
      change.onabort = () => {
        reject(change.error ?? new Error('the browser kept nothing'));
      };
    });
  }
  async function toWebKey({ pair, name }: StoredKey): Promise<WebKey> {
    const spki = new Uint8Array(await subtle.exportKey('spki', pair.publicKey));
    return {
      userId: userIdSchema.parse(toBase32(new Uint8Array(await subtle.digest('SHA-256', spki)))),
      userKey: toBase64url(spki),
      name,
      sign: async (statement) =>
        toBase64url(new Uint8Array(await subtle.sign('Ed25519', pair.privateKey, new TextEncoder().encode(statement)))),
    };
  }

  return {
    find: async (trackerId) => {
      const key = await read(trackerId);
      return key ? toWebKey(key) : null;
    },
    make: async (trackerId) => {
      let key = await read(trackerId);
      if (!key) {
        const pair = await subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify']);
        key = { trackerId, pair, name: null };
        await write(key);
      }
      return toWebKey(key);
    },
    keepName: async (trackerId, name) => {
      const key = await read(trackerId);
      if (key) await write({ ...key, name });
    },
  };
}

function openDatabase(indexedDB: IDBFactory): Promise<IDBDatabase> {
  const opening = indexedDB.open('enxame', 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(store, { keyPath: 'trackerId' });
  };
  return toPromise(opening);
}

function toPromise<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('the browser refused its storage'));
    };
  });
}

export function toBase64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** RFC 4648 without padding, in small letters: how ids are written. */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += alphabet.charAt((value >>> (bits - 5)) & 31);
    value &= 0xff;
  }
  return bits > 0 ? text + alphabet.charAt((value << (5 - bits)) & 31) : text;
}
