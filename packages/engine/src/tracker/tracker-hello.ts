import { request } from 'node:https';
import { TLSSocket } from 'node:tls';
import { toCertificateHash } from '@enxame/identity/certificate';
import { checkSignature, parsePublicKey, toTrackerId } from '@enxame/identity/public-key';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { certificateStatement } from '@enxame/shared/identity/grant';
import {
  helloPath,
  helloSchema,
  helloVersionSchema,
  trackerProtocolVersion,
  type Hello,
} from '@enxame/shared/tracker/hello';
import type { TrackerAddress } from './tracker-address.js';
import { answerTimeoutMs, expectToReach } from './tracker-patience.js';

const maxHelloBytes = 16 * 1024;

export interface CheckedHello {
  readonly hello: Hello;
  /** SHA-256 (hex) of the certificate that the tracker's key vouches for. */
  readonly certificateHash: string;
}

/**
 * Asks a tracker who it is, and proves it: the tracker's own key signed the certificate of this connection. That a
 * public authority vouches for the host does not count: whoever has a host could claim the id of another tracker, and
 * hand a login on to it. Throws `tracker-unreachable`, `tracker-not-a-tracker`, `tracker-version`,
 * `signature-invalid`. (docs/spec/tracker-protocol.md, T1)
 */
export async function fetchHello(address: TrackerAddress, signal?: AbortSignal): Promise<CheckedHello> {
  const { body, certificate } = await readHello(address, signal);
  const where = { address: address.url.replace('https://', '') };
  const json = parseJson(body);
  const version = helloVersionSchema.safeParse(json);
  if (!version.success) throw new EnxameError('tracker-not-a-tracker', where);
  if (version.data.version !== trackerProtocolVersion) throw new EnxameError('tracker-version', where);
  const parsed = helloSchema.safeParse(json);
  if (!parsed.success) throw new EnxameError('tracker-not-a-tracker', where);
  const hello = parsed.data;
  const key = parsePublicKey(hello.key, 'ed25519');
  if (toTrackerId(key) !== hello.trackerId) throw new EnxameError('signature-invalid');
  const certificateHash = toCertificateHash(certificate);
  const statement = certificateStatement({ trackerId: hello.trackerId, certificateHash });
  checkSignature(key, statement, hello.certificateProof ?? '');
  return { hello, certificateHash };
}

interface RawHello {
  readonly body: string;
  readonly certificate: Buffer;
}

function readHello(address: TrackerAddress, signal?: AbortSignal): Promise<RawHello> {
  const where = { address: address.url.replace('https://', '') };
  const deadline = AbortSignal.timeout(answerTimeoutMs);
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      if (error instanceof EnxameError) reject(error);
      else if (signal?.aborted) reject(new EnxameError('cancelled'));
      // Something answered, and it was not TLS or not HTTP.
      else if (/^(EPROTO|ERR_SSL|HPE_)/.test(error.code ?? ''))
        reject(new EnxameError('tracker-not-a-tracker', where, { cause: error }));
      else reject(new EnxameError('tracker-unreachable', where, { cause: error }));
    };
    const call = request(
      {
        host: address.host,
        port: address.port,
        path: helloPath,
        agent: false,
        // Any certificate may answer; whether it is the tracker's is checked from what it says, before it is believed.
        rejectUnauthorized: false,
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      },
      (response) => {
        const { socket } = response;
        if (!(socket instanceof TLSSocket)) {
          fail(new EnxameError('tracker-not-a-tracker', where));
          return;
        }
        const certificate = socket.getPeerCertificate().raw;
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > maxHelloBytes) response.destroy(new EnxameError('tracker-not-a-tracker', where));
          else chunks.push(chunk);
        });
        response.on('end', () => {
          resolve({ body: Buffer.concat(chunks).toString('utf8'), certificate });
        });
        response.on('error', fail);
      },
    );
    call.on('socket', expectToReach);
    call.on('error', fail);
    call.end();
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // the schema refuses it
  }
}
