import { signStatement } from '@enxame/identity/signing';
import { registrationStatement, webSessionStatement } from '@enxame/shared/identity/grant';
import type { TrackerId } from '@enxame/shared/ids';
import { createTestUser, type TestUser } from './test-user.js';

/** Where a tracker on this computer is. */
export interface HttpNet {
  readonly tracker: { readonly address: { readonly port: number }; readonly trackerId: TrackerId };
}

export interface HttpReply<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** Asks the tracker over plain HTTP, which its one port serves too. JSON is parsed; the rest is text. */
export async function askHttp<T = never>(
  { tracker }: HttpNet,
  path: string,
  options: {
    readonly method?: string;
    readonly token?: string;
    readonly json?: unknown;
    readonly init?: RequestInit;
  } = {},
): Promise<HttpReply<T>> {
  const headers = new Headers(options.init?.headers);
  if (options.token !== undefined) headers.set('authorization', `Bearer ${options.token}`);
  if (options.json !== undefined) headers.set('content-type', 'application/json');
  const response = await fetch(`http://127.0.0.1:${String(tracker.address.port)}${path}`, {
    ...options.init,
    method: options.method ?? (options.json === undefined ? 'GET' : 'POST'),
    headers,
    ...(options.json !== undefined && { body: JSON.stringify(options.json) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as T };
}

/** A person in a browser: no device, only the user key. */
export interface WebUser {
  readonly user: TestUser;
  readonly token: string;
}

/** Registers the name and signs in, over HTTP alone. */
export async function joinWeb(net: HttpNet, name: string, user = createTestUser()): Promise<WebUser> {
  const { userId, userKeyText: userKey } = user;
  const { trackerId } = net.tracker;
  const challenge = async (): Promise<string> =>
    (await askHttp<{ nonce: string }>(net, '/session/challenge')).body.nonce;
  let nonce = await challenge();
  const statement = registrationStatement({ trackerId, nonce, userId, name });
  const registered = await askHttp(net, '/users', {
    json: { name, userKey, nonce, signature: signStatement(user.userKey, statement) },
  });
  if (registered.status !== 200) throw new Error(JSON.stringify(registered.body));
  nonce = await challenge();
  const signature = signStatement(user.userKey, webSessionStatement({ trackerId, nonce, userId }));
  const { body } = await askHttp<{ token: string }>(net, '/session', { json: { userKey, nonce, signature } });
  return { user, token: body.token };
}
