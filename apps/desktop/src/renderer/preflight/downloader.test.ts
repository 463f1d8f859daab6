import type { Preflight } from '@enxame/shared/engine/preflight';
import { expect, it } from 'vitest';
import type { EngineLink } from '../engine/engine-link.js';
import { createDownloader, type DownloadId } from './downloader.js';

const id = 'a' as DownloadId;
const well = { fits: true, collision: 'none', renames: { count: 0, shown: [] }, bytesHere: 0, bytesToFetch: 9 };

/** An engine whose answers to a check are in a queue: what it meets, or that it cannot be told. */
function createEngine(...checks: (Partial<Preflight> | 'fails')[]) {
  const calls: unknown[] = [];
  const here: Preflight[] = [];
  const link = {
    call: (name: string, payload: unknown) => {
      calls.push([name, payload]);
      if (name === 'download:start') return Promise.resolve({ name: 'x', path: null });
      const next = checks.shift();
      return next === 'fails' ? Promise.reject(new Error('no source')) : Promise.resolve({ ...well, ...next });
    },
  } as unknown as EngineLink;
  const downloader = createDownloader({ link, onHere: (preflight) => void here.push(preflight) });
  return { downloader, calls, here, first: () => downloader.pending.getState().first };
}

it('starts at once when all is well, or when nothing can be known', async () => {
  const { downloader, calls, here, first } = createEngine({}, 'fails');
  await downloader.download(id);
  await downloader.download(id);
  expect(calls).toEqual([
    ['download:check', { id }],
    ['download:start', { id }],
    ['download:check', { id }],
    ['download:start', { id }],
  ]);
  expect(first()).toBeNull();
  expect(here).toEqual([]);
});

it('asks about what does not fit, and goes on where there is room', async () => {
  const { downloader, calls, first } = createEngine({ fits: false }, { fits: false }, {});
  await downloader.download(id);
  expect(calls).toHaveLength(1);
  const asked = first();
  if (!asked) throw new Error('nothing was asked');
  await downloader.moveTo(asked, '/small');
  const again = first();
  expect(again?.folder).toBe('/small');
  if (!again) throw new Error('nothing was asked');
  await downloader.moveTo(again, '/big');
  expect(first()).toBeNull();
  expect(calls.at(-1)).toEqual(['download:start', { id, folder: '/big' }]);
});

it('asks about one download after the other, and starts what was decided', async () => {
  const { downloader, calls, first } = createEngine({ collision: 'other' }, { fits: false });
  await downloader.download(id);
  await downloader.download('b');
  const one = first();
  if (one) await downloader.goOn(one);
  expect(calls.at(-1)).toEqual(['download:start', { id }]);
  const two = first();
  expect(two?.id).toBe('b');
  if (two) downloader.drop(two);
  expect(first()).toBeNull();
  expect(calls).toHaveLength(3);
});

it('tells what is here only when it has started', async () => {
  const { downloader, here } = createEngine({ bytesHere: 4 }, { collision: 'same', bytesHere: 9, bytesToFetch: 0 });
  await downloader.download(id);
  await downloader.download(id);
  expect(here).toHaveLength(2);
});
