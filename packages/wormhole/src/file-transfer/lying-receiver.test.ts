import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RecordPipe } from '../transit/record-pipe.js';
import type { Transit } from '../transit/transit.js';
import type { Wormhole } from '../wormhole.js';
import { sendOffer } from './send-offer.js';

const content = randomBytes(100_000);
const sha256 = createHash('sha256').update(content).digest('hex');

/** Sends the content to a receiver that accepts it, and then says this as its last word. */
function sendTo(lastWord: Uint8Array | undefined): Promise<{ sha256: string }> {
  const answers: unknown[] = [{ answer: { file_ack: 'ok' } }];
  const wormhole: Wormhole = {
    verifier: new Uint8Array(32),
    transitKey: new Uint8Array(32),
    theirVersions: {},
    send: () => undefined,
    receive: () => Promise.resolve(answers.shift()),
    close: () => Promise.resolve(),
  };
  const pipe: RecordPipe = {
    send: () => Promise.resolve(),
    flush: () => Promise.resolve(),
    receive: () => Promise.resolve(lastWord),
    end: () => Promise.resolve(),
    destroy: () => undefined,
  };
  const transit: Transit = {
    hints: { direct: [], relays: [] },
    connect: () => Promise.resolve({ pipe, path: 'direct' }),
    close: () => undefined,
  };
  async function* read(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(content);
  }
  return sendOffer({
    wormhole,
    transit,
    offer: { file: { filename: 'a.bin', filesize: content.length } },
    bytes: { size: content.length, read },
    onPath: () => undefined,
    onSent: () => undefined,
  });
}

const say = (word: unknown): Uint8Array => Buffer.from(JSON.stringify(word));

describe('W42: "received" is said', () => {
  it('when the receiver has the same hash', async () => {
    expect(await sendTo(say({ ack: 'ok', sha256 }))).toEqual({ sha256 });
  });

  it.each([
    ['another hash', say({ ack: 'ok', sha256: 'a'.repeat(64) }), 'piece-mismatch'],
    ['no hash that could be one', say({ ack: 'ok', sha256: 'yes' }), 'other-side-failed'],
    ['no', say({ ack: 'no', sha256 }), 'other-side-failed'],
    ['nothing that can be read', Buffer.from('{'), 'other-side-failed'],
    ['nothing', undefined, 'other-side-left'],
  ])('but not when it says %s', async (_, lastWord, code) => {
    await expect(sendTo(lastWord)).rejects.toMatchObject({ code });
  });
});
