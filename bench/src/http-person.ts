import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { request } from 'node:https';
import { encodePublicKey, toUserId } from '@enxame/identity/public-key';
import { signStatement } from '@enxame/identity/signing';
import { registrationStatement, webSessionStatement } from '@enxame/shared/identity/grant';
import { trackerIdSchema } from '@enxame/shared/ids';

/** Asks a tracker on this computer, whose certificate nobody vouches for. Throws what it answered. */
function ask(url: string, path: string, json?: unknown, token?: string): Promise<Readonly<Record<string, unknown>>> {
  const body = json === undefined ? undefined : JSON.stringify(json);
  const headers = {
    'content-type': 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  return new Promise((resolve, reject) => {
    const options = { method: body === undefined ? 'GET' : 'POST', headers, rejectUnauthorized: false };
    const call = request(`${url}${path}`, options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(text) as Readonly<Record<string, unknown>>);
        else reject(new Error(`${path}: ${text}`));
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** Takes a name over HTTP alone, and makes a token that may read and upload. */
export async function createHttpToken(url: string, trackerIdText: string, name: string): Promise<string> {
  const trackerId = trackerIdSchema.parse(trackerIdText);
  const { privateKey } = generateKeyPairSync('ed25519');
  const publicKey = createPublicKey(privateKey);
  const [userKey, userId] = [encodePublicKey(publicKey), toUserId(publicKey)];
  const challenge = async (): Promise<string> => String((await ask(url, '/session/challenge'))['nonce']);
  let nonce = await challenge();
  const registration = signStatement(privateKey, registrationStatement({ trackerId, nonce, userId, name }));
  await ask(url, '/users', { name, userKey, nonce, signature: registration });
  nonce = await challenge();
  const signature = signStatement(privateKey, webSessionStatement({ trackerId, nonce, userId }));
  const { token } = await ask(url, '/session', { userKey, nonce, signature });
  const made = await ask(url, '/tokens', { name: 'bench', scopes: ['read', 'upload'] }, String(token));
  return String(made['secret']);
}
