import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { trackerIdSchema } from '@enxame/shared/ids';
import { hostedCopySchema, type HostedCopy } from '@enxame/shared/tracker/hosted';
import { z } from 'zod';
import { createRandom, type Random } from './seeded-random.js';
import { buildProgram } from './spawn-program.js';
import { askHttp, joinWeb } from './web-user.js';

export interface UploadKillReport {
  readonly kills: number;
  /** Uploads that were answered before a kill, and those that were cut off by one. */
  readonly acknowledged: number;
  readonly cutOff: number;
}

const uploadsAtOnce = 4;
const maxBytes = 3 * 2 ** 20;
/** What is kept is dropped again, so that the disk does not fill. */
const maxKept = 30;
const uploadedSchema = z.object({ copies: z.array(hostedCopySchema).length(1) });
const listSchema = z.object({ copies: z.array(hostedCopySchema) });

interface Tracker {
  readonly tracker: {
    readonly address: { readonly port: number };
    readonly trackerId: z.infer<typeof trackerIdSchema>;
  };
}

/**
 * Uploads files, several at once and without a pause, kills the tracker (SIGKILL) at a random moment, starts it again and
 * looks: what was answered is there, byte for byte, with its entry; whatever else is shown is whole; of what was cut off
 * nothing is left on the disk. Throws with the seed when it is not so.
 */
export async function runUploadKills(options: {
  readonly seed: number;
  readonly kills: number;
}): Promise<UploadKillReport> {
  const { seed, kills } = options;
  const random = createRandom(seed);
  const folder = await mkdtemp(join(tmpdir(), 'enxame-upload-kills-'));
  const program = await buildProgram();
  /** Content and SHA-256 of what was answered and not dropped. */
  const kept = new Map<string, string>();
  let token = '';
  let [acknowledged, cutOff] = [0, 0];
  try {
    for (let round = 0; round <= kills; round++) {
      const where = `seed ${String(seed)}, kill ${String(round)}`;
      const running = await program.start(['--json', '--host', '127.0.0.1', '--port', '0', '--data', folder]);
      const { url, trackerId } = JSON.parse(running.firstLine) as { url: string; trackerId: string };
      const port = Number(new URL(url).port);
      const net: Tracker = { tracker: { address: { port }, trackerId: trackerIdSchema.parse(trackerId) } };
      if (round === 0) token = await createToken(net);
      await check(net, token, folder, kept, where);
      await dropSome(net, token, kept);
      if (round === kills) {
        running.kill('SIGTERM');
        break;
      }
      let answerOnce: () => void = () => undefined;
      const answered = new Promise<void>((resolve) => {
        answerOnce = resolve;
      });
      const work = Promise.all(
        Array.from({ length: uploadsAtOnce }, () => uploadUntilKilled(port, token, random, kept, answerOnce)),
      );
      // However fast the machine: something was answered, and something is under way.
      await Promise.race([answered, work]);
      await setTimeout(random(300));
      running.kill('SIGKILL');
      await running.exitCode;
      acknowledged += (await work).reduce((sum, count) => sum + count, 0);
      cutOff += uploadsAtOnce;
    }
    return { kills, acknowledged, cutOff };
  } finally {
    await program.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function createToken(net: Tracker): Promise<string> {
  const { token } = await joinWeb(net, 'Ana');
  const json = { name: 'uploads', scopes: ['read', 'upload'] };
  return (await askHttp<{ secret: string }>(net, '/tokens', { token, json })).body.secret;
}

/** How many were answered. */
async function uploadUntilKilled(
  port: number,
  token: string,
  random: Random,
  kept: Map<string, string>,
  onAnswered: () => void,
): Promise<number> {
  for (let answered = 0; ;) {
    const bytes = randomBytes(1 + random(random(3) === 0 ? maxBytes : 20_000));
    const copy = await upload(port, token, bytes, random);
    if (!copy) return answered;
    answered++;
    kept.set(copy.contentId, sha256Of(bytes));
    onAnswered();
  }
}

/** In pieces of chance; undefined when the tracker was killed meanwhile. Throws for a refusal. */
function upload(port: number, token: string, bytes: Buffer, random: Random): Promise<HostedCopy | undefined> {
  const head = Buffer.from('--b\r\ncontent-disposition: form-data; name="file"; filename="f.bin"\r\n\r\n');
  const body = Buffer.concat([head, bytes, Buffer.from('\r\n--b--\r\n')]);
  return new Promise((resolve, reject) => {
    const sending = request(
      {
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/upload',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'multipart/form-data; boundary=b',
          'content-length': body.length,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('close', () => {
          if (!response.complete) resolve(undefined);
          else if (response.statusCode === 200) resolve(uploadedSchema.parse(JSON.parse(text)).copies[0]);
          else reject(new Error(`refused: ${text}`));
        });
      },
    );
    sending.on('error', () => {
      resolve(undefined);
    });
    for (let at = 0; at < body.length;) {
      const end = at + 1 + random(200_000);
      sending.write(body.subarray(at, end));
      at = end;
    }
    sending.end();
  });
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function check(
  net: Tracker,
  token: string,
  folder: string,
  kept: Map<string, string>,
  where: string,
): Promise<void> {
  const { copies } = listSchema.parse((await askHttp(net, '/hosted', { token })).body);
  const shown = new Map(copies.map((copy) => [String(copy.contentId), copy]));
  for (const contentId of kept.keys()) {
    if (!shown.has(contentId)) throw new Error(`${where}: ${contentId} was acknowledged and is not there`);
  }
  for (const { contentId, state } of copies) {
    const response = await fetch(`http://127.0.0.1:${String(net.tracker.address.port)}/download/${contentId}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const copy = shown.get(contentId);
    const isWhole = response.status === 200 && state === 'here' && sha256Of(bytes) === copy?.sha256;
    if (!isWhole || (kept.has(contentId) && kept.get(contentId) !== copy.sha256)) {
      throw new Error(`${where}: ${contentId} is half done (${String(response.status)}, ${state})`);
    }
    kept.set(contentId, sha256Of(bytes)); // cut off after it was durable: from now on it must stay
  }
  const left = (await readdir(join(folder, 'hosted'))).filter((name) => !shown.has(name.split('.')[0] ?? ''));
  const incoming = await readdir(join(folder, 'hosted', 'incoming'));
  if (left.some((name) => name !== 'incoming' && name !== 'copies.jsonl') || incoming.length > 0) {
    throw new Error(`${where}: left behind: ${[...left, ...incoming].join()}`);
  }
  await checkEntries(net, token, shown, where);
}

/** Each copy has its entry, once a copy was answered; and no entry is without its copy. */
async function checkEntries(
  net: Tracker,
  token: string,
  shown: ReadonlyMap<string, HostedCopy>,
  where: string,
): Promise<void> {
  const found = new Set<string>();
  for (let cursor: string | null = ''; cursor !== null;) {
    const path = `/files?limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const page: { files: { contentId: string; sources: number }[]; cursor: string | null } = (
      await askHttp<{ files: { contentId: string; sources: number }[]; cursor: string | null }>(net, path, { token })
    ).body;
    for (const { contentId, sources } of page.files) {
      if (sources === 0 || !shown.has(contentId)) throw new Error(`${where}: ${contentId} has an entry and no copy`);
      found.add(contentId);
    }
    ({ cursor } = page);
  }
  for (const contentId of shown.keys()) {
    if (!found.has(contentId)) throw new Error(`${where}: ${contentId} has a copy and no entry`);
  }
}

async function dropSome(net: Tracker, token: string, kept: Map<string, string>): Promise<void> {
  for (const contentId of [...kept.keys()].slice(0, Math.max(0, kept.size - maxKept))) {
    const { status } = await askHttp(net, `/hosted/${contentId}`, { token, method: 'DELETE' });
    if (status !== 200) throw new Error(`a copy could not be dropped: ${String(status)}`);
    kept.delete(contentId);
  }
}
