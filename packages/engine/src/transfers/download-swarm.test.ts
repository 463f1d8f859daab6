import { readdir, readFile } from 'node:fs/promises';
import { contentPath, havePath } from '@enxame/shared/peer/paths';
import { parseHave, setPiece, createPieceBits, hasPiece } from '@enxame/shared/peer/have';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dialSource } from '../testing/dial-source.js';
import { createDownloadFixture, rangesOf, type DownloadFixture } from '../testing/download-fixture.js';
import { createFakeSourceTracker } from '../testing/fake-source-tracker.js';
import { createTestContent, type TestContent } from '../testing/test-content.js';
import { createTestDevice, type TestDevice } from '../testing/test-device.js';

const piece = 256 * 1024;
let ana: TestDevice;
let bia: TestDevice;
let rui: TestDevice;
let net: DownloadFixture;

beforeAll(async () => {
  [ana, bia, rui] = await Promise.all([createTestDevice('Ana'), createTestDevice('Bia'), createTestDevice('Rui')]);
});
beforeEach(async () => {
  net = await createDownloadFixture(rui);
});
afterEach(async () => {
  await net.close();
});

async function expectInPlace(path: string, content: TestContent): Promise<void> {
  expect((await readFile(path)).equals(content.bytes)).toBe(true);
  expect((await readdir(net.folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
}

/** A part of a content, served as a device does that is still fetching it. */
function holdPart(content: TestContent, indexes: readonly number[]) {
  const bits = createPieceBits(content.manifest.pieceHashes.length / 32);
  for (const index of indexes) setPiece(bits, index);
  const hasRange = ({ start, end }: { start: number; end: number }): boolean => {
    for (let index = Math.floor(start / piece); index * piece < end; index++) if (!hasPiece(bits, index)) return false;
    return true;
  };
  return { bits, hasRange };
}

describe('P19: all sources at once', () => {
  it('two sources share the pieces; each piece comes once', async () => {
    const content = createTestContent(40 * piece);
    const [one, other] = [await net.serve(ana, content), await net.serve(bia, content)];
    const tracker = createFakeSourceTracker(content.contentId, ana.source(one.port), bia.source(other.port));
    const { done, received, download } = net.start(content, tracker);
    await expectInPlace(await done, content);
    expect(received()).toBe(content.bytes.length);
    const sent = [one, other].map(({ sends }) => sends.list()[0]?.bytesSent ?? 0);
    expect(Math.min(...sent)).toBeGreaterThan(0);
    expect(download.progress.piecesVerified).toBe(40);
  });

  it('P17: two sources that have a part each make a whole', async () => {
    const content = createTestContent(8 * piece);
    const [one, other] = [
      await net.serve(ana, content, { held: holdPart(content, [0, 2, 4, 6]) }),
      await net.serve(bia, content, { held: holdPart(content, [1, 3, 5, 7]) }),
    ];
    const partly = { complete: false };
    const tracker = createFakeSourceTracker(
      content.contentId,
      { ...ana.source(one.port), ...partly },
      { ...bia.source(other.port), ...partly },
    );
    const { done, received } = net.start(content, tracker);
    await expectInPlace(await done, content);
    expect(received()).toBe(content.bytes.length);
  });

  it('P14: a source that joins in the middle takes over what a stalled one holds', async () => {
    const content = createTestContent(8 * piece);
    const stalled = await net.serveUpTo(ana, content, piece + 1000);
    const tracker = createFakeSourceTracker(content.contentId, ana.source(stalled.port));
    const { done, told, download, received } = net.start(content, tracker);
    await told.until(() => download.progress.piecesVerified === 1 && received() === piece + 1000);
    const peer = await net.serve(bia, content);
    tracker.setSources(ana.source(stalled.port), bia.source(peer.port));
    await expectInPlace(await done, content);
    expect(rangesOf(stalled.requests)).toHaveLength(1);
    expect(download.progress.piecesVerified).toBe(8);
  });
});

describe('P16 and P18: what a part is asked', () => {
  it('tells what it has and what it gave; refuses what it lacks, and the whole', async () => {
    const content = createTestContent(10 * piece);
    const peer = await net.serve(ana, content, { held: holdPart(content, [0, 1, 9]) });
    const connection = await dialSource(ana.source(peer.port), rui.tls, AbortSignal.timeout(5000));
    net.closing(() => {
      connection.close();
      return Promise.resolve();
    });
    const path = contentPath(content.contentId);
    const authority = { ticket: 't' };
    const have = parseHave(await connection.get(havePath(content.contentId), authority, 100), 10);
    expect([...have.held]).toEqual([0b11000000, 0b01000000]);
    let got = 0;
    const sink = (chunk: Uint8Array): boolean => ((got += chunk.length), true);
    await connection.getRange(path, authority, { start: piece - 5, end: piece + 5 }, sink);
    expect(got).toBe(10);
    for (const range of [
      { start: 2 * piece - 1, end: 2 * piece + 1 },
      { start: 0, end: 10 * piece },
    ])
      await expect(connection.getRange(path, authority, range, sink)).rejects.toMatchObject({ code: 'piece-not-here' });
    await expect(connection.get(path, authority, 10 * piece)).rejects.toMatchObject({ code: 'piece-not-here' });
  });
});
