import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { describe, expect, it, vi } from 'vitest';
import type { EngineLink } from '../engine/engine-link.js';
import { createFileAdder } from './file-adder.js';
import type { Upload } from './upload.js';

const file = (name: string): File => ({ name, size: 10 }) as File;

const everyone = { kind: 'everyone' } as const;

function createLink(): { link: EngineLink; shared: string[]; visibilities: unknown[] } {
  const shared: string[] = [];
  const visibilities: unknown[] = [];
  const call = (_name: string, { paths, visibility }: { paths: string[]; visibility?: unknown }): Promise<unknown> => {
    visibilities.push(visibility);
    const refused = paths.filter((path) => path.includes('bad'));
    shared.push(...paths.filter((path) => !path.includes('bad')));
    return Promise.resolve({
      shares: [],
      refused: refused.map((path) => ({ path, error: { code: 'path-not-found' } })),
    });
  };
  return { link: { call } as unknown as EngineLink, shared, visibilities };
}

describe('adding files', () => {
  it('shares what can be shared and names what cannot', async () => {
    const { link, shared } = createLink();
    const adder = createFileAdder({ link, upload: vi.fn<Upload>() });
    await adder.sharePaths(['/a', '/bad', '/b'], everyone);
    expect(shared).toEqual(['/a', '/b']);
    expect(adder.state.getState().refused).toMatchObject([{ path: '/bad', error: { code: 'path-not-found' } }]);
    adder.dismissRefused();
    expect(adder.state.getState().refused).toEqual([]);
  });

  it('shares each for whom it was added, however late its copy is ready', async () => {
    const { link, visibilities } = createLink();
    const adder = createFileAdder({ link, upload: ({ name }) => Promise.resolve(`/uploads/${name}`) });
    const first = adder.uploadFiles([file('a')], { kind: 'link' });
    await Promise.all([first, adder.uploadFiles([file('b')], everyone)]);
    await adder.sharePaths(['/c'], { kind: 'link' });
    // Everyone is what a new share is for; one that was for fewer keeps them when it is added again.
    expect(visibilities).toEqual([{ kind: 'link' }, undefined, { kind: 'link' }]);
  });

  it('copies two files at a time, then shares each', async () => {
    const { link, shared } = createLink();
    const waiting: (() => void)[] = [];
    const upload: Upload = (one, onProgress) =>
      new Promise((resolve) => {
        waiting.push(() => {
          onProgress(5);
          resolve(`/uploads/${one.name}`);
        });
      });
    const adder = createFileAdder({ link, upload });
    const done = adder.uploadFiles(['a', 'b', 'c'].map(file), everyone);
    expect(adder.state.getState().uploads.map(({ started }) => started)).toEqual([true, true, false]);
    while (adder.state.getState().uploads.length > 0) {
      waiting.shift()?.();
      await Promise.resolve();
    }
    await done;
    expect(shared.sort()).toEqual(['/uploads/a', '/uploads/b', '/uploads/c']);
  });

  it('tells why a copy failed, and nothing of one that was stopped', async () => {
    const { link, shared } = createLink();
    const upload: Upload = (one, _progress, signal) =>
      one.name === 'full'
        ? Promise.reject(new EnxameError('disk-full', { folder: 'x' }))
        : new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              reject(new EnxameError('cancelled'));
            });
          });
    const adder = createFileAdder({ link, upload });
    const done = adder.uploadFiles(['full', 'stopped', 'queued'].map(file), everyone);
    await Promise.resolve();
    for (const { id } of [...adder.state.getState().uploads].reverse()) adder.cancelUpload(id);
    await done;
    expect(adder.state.getState().refused.map(({ path, error }) => [path, error.code])).toEqual([
      ['full', 'disk-full'],
    ]);
    expect(shared).toEqual([]);
  });
});
