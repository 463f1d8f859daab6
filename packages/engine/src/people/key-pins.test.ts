import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrackerId, UserId } from '@enxame/shared/ids';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeyPins, type KeyPins } from './key-pins.js';

const tracker = 'a'.repeat(52) as TrackerId;
const [first, second] = [`${'b'.repeat(51)}a` as UserId, `${'c'.repeat(51)}a` as UserId];
let folder: string;
let told: string[];
let pins: KeyPins;

const open = (): Promise<KeyPins> =>
  openKeyPins(folder, {
    onBroken: (notice) => { throw notice; }, // prettier-ignore
    onOtherKey: (name) => told.push(name),
    now: () => 0,
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-pins-'));
  told = [];
  pins = await open();
});
afterEach(async () => {
  await pins.close();
  await rm(folder, { recursive: true });
});

describe('P14: the key that a name had', () => {
  it('is the one of the first sight, after a restart too, and another is told once', async () => {
    expect(await pins.check(tracker, 'Ana', first)).toBe(true);
    await pins.close();
    pins = await open();
    expect(await pins.check(tracker, 'Ana', first)).toBe(true);
    for (let tries = 0; tries < 3; tries++) expect(await pins.check(tracker, 'Ana', second)).toBe(false);
    expect(told).toEqual(['Ana']);
  });

  it('is that of the name however it is written, and of one tracker', async () => {
    await pins.check(tracker, 'Ana', first);
    expect(await pins.check(tracker, 'ana', second)).toBe(false);
    expect(await pins.check('d'.repeat(52) as TrackerId, 'Ana', second)).toBe(true);
  });

  it('is the first of two that come at the same time', async () => {
    expect(await Promise.all([pins.check(tracker, 'Ana', first), pins.check(tracker, 'Ana', second)])).toEqual([
      true,
      false,
    ]);
  });
});
