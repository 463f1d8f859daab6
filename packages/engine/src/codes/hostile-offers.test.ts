import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { CodeReceive } from '@enxame/shared/engine/code';
import type { ReceivedOffer } from '@enxame/wormhole/file-transfer/receive-offer';
import { parseFileTransferMessage, type Offer } from '@enxame/wormhole/file-transfer/messages';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSilentLogger } from '../library/testing/silent-logger.js';
import { createPlainOffer } from './receive/plain-offer.js';

let home: string;
let folder: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'enxame-hostile-'));
  folder = join(home, 'a', 'downloads');
  await mkdir(folder, { recursive: true });
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

const bytes = Buffer.from('ssh-ed25519 AAAA somebody');

/** Takes an offer of another program as it came over the wire. */
async function take(said: unknown): Promise<Partial<CodeReceive>> {
  const { offer } = parseFileTransferMessage(said);
  if (!offer || 'message' in offer) throw new Error('no offer of bytes');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const received: ReceivedOffer = {
    offer,
    refuse: () => undefined,
    acknowledgeText: () => undefined,
    accept: async ({ write, finish }) => {
      await write(bytes);
      await finish();
      return { sha256 };
    },
  };
  let view: Partial<CodeReceive> = {};
  const options = {
    id: '12345678-code',
    offer: offer satisfies Exclude<Offer, { message: string }>,
    transitKey: new Uint8Array(32),
    rendezvous: { url: 'ws://127.0.0.1:1', relays: [] },
    signal: new AbortController().signal,
    update: (change: Partial<CodeReceive>) => (view = { ...view, ...change }),
  };
  const plain = createPlainOffer(received, options, {
    randomBytes: (count) => new Uint8Array(count),
    randomInt: () => 0,
    random: () => 0,
    now: () => 0,
    hosts: () => [],
    sealing: { seal: () => Promise.reject(new Error()), open: () => Promise.reject(new Error()) },
    isBlocked: () => false,
    remember: () => Promise.resolve(),
    logger: createSilentLogger(),
  });
  expect(plain.shown.name).toBe(basename(plain.shown.name));
  await plain.fetch(folder, undefined);
  return view;
}

const offerFile = (filename: string): unknown => ({ offer: { file: { filename, filesize: bytes.length } } });

describe('W41: an offer', () => {
  it.each([
    '../../.ssh/authorized_keys',
    '/etc/passwd',
    '..\\..\\Startup\\evil.bat',
    'C:\\Windows\\evil.exe',
    '..',
    '.',
    'CON',
    'a\u202Efdp.exe',
    'line\nbreak',
  ])('that names %j lands in the folder, and nowhere else', async (filename) => {
    const { savedAs } = await take(offerFile(filename));
    expect(dirname(savedAs ?? '')).toBe(folder);
    expect(await readFile(savedAs ?? '')).toEqual(bytes);
    expect(await readdir(home, { recursive: true })).toEqual([
      'a',
      'a/downloads',
      `a/downloads/${basename(savedAs ?? '')}`,
    ]);
  });

  it.each([
    ['no name', { filename: '', filesize: 1 }],
    ['a size below nothing', { filename: 'a', filesize: -1 }],
    ['half a byte', { filename: 'a', filesize: 0.5 }],
    ['more than there can be', { filename: 'a', filesize: Number.MAX_SAFE_INTEGER }],
    ['a name as long as a book', { filename: 'a'.repeat(100_000), filesize: 1 }],
  ])('of %s is refused', (_, file) => {
    expect(() => parseFileTransferMessage({ offer: { file } })).toThrow('offer-invalid');
  });
});
