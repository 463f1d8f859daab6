import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';
import { addAdmin } from './add-admin.js';

let net: TestTracker;
beforeEach(async () => {
  net = await startTestTracker();
});
afterEach(() => net.close());
const add = (name: string, folder = net.dataFolder) => addAdmin(folder, name, Date.now, new AbortController().signal);

describe('an administrator added from the data folder', () => {
  it('T100: while the tracker runs, at once', async () => {
    await net.join('Ana');
    const bia = await net.join('Bia');
    await add('bia');
    const { records } = await bia.request('admin:audit', { limit: 1 });
    expect(records).toMatchObject([{ action: 'appoint', target: 'Bia', by: 'this computer' }]);
    await expect(add('Zoe')).rejects.toMatchObject({ code: 'person-not-found', params: { name: 'Zoe' } });
    expect(await readdir(join(net.dataFolder, 'orders'))).toEqual([]);
  });

  it('T100: while it does not run, for its next start', async () => {
    await net.join('Ana');
    const bia = await net.join('Bia');
    await net.restart(undefined, async () => {
      await add('Bia');
      await expect(add('Zoe')).rejects.toMatchObject({ code: 'person-not-found' });
    });
    const again = await net.connect(bia.user);
    await again.open();
    expect((await again.request('admin:read', {})).admins.map(({ name }) => name)).toEqual(['Ana', 'Bia']);
  });

  it('T100: of no other folder', async () => {
    await expect(add('Ana', join(net.dataFolder, 'catalogues'))).rejects.toMatchObject({ code: 'path-not-found' });
  });
});
