import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostedCopy } from '@enxame/shared/tracker/hosted';
import type { SavedSearch } from '@enxame/shared/tracker/saved-search';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';
import { askHttp, joinWeb, type HttpReply, type WebUser } from '../test-kit/web-user.js';

let net: TestTracker;
/** Registered first: administers. */
let ana: WebUser;
let bia: WebUser;
beforeAll(async () => {
  net = await startTestTracker();
  ana = await joinWeb(net, 'Ana');
  bia = await joinWeb(net, 'Bia');
});
afterAll(async () => {
  expect(net.logged).toEqual([]);
  await net.close();
});

function upload(
  who: WebUser,
  name: string,
  text: string,
): Promise<HttpReply<{ copies: HostedCopy[]; error?: { code: string } }>> {
  const form = new FormData();
  form.append('file', new Blob([text]), name);
  return askHttp(net, '/upload', { token: who.token, method: 'POST', init: { body: form } });
}

describe('what people in browsers are told', () => {
  it('T106, H50: what is taken away is gone with its copy, its owner reads why, and it does not come back', async () => {
    const [copy] = (await upload(bia, 'alheio.txt', 'of others')).body.copies;
    const json = { id: copy?.contentId, reason: 'De outra pessoa' };
    const removed = await askHttp(net, '/admin/remove', { token: ana.token, json });
    expect([removed.status, removed.body]).toEqual([200, { removed: 1 }]);
    expect((await askHttp(net, `/download/${String(copy?.sha256)}`, { token: ana.token })).status).toBe(404);
    const left = (await readdir(join(net.dataFolder, 'hosted'))).filter((name) => name.startsWith(String(copy?.contentId))); // prettier-ignore
    expect(left).toEqual([]);

    const told = await askHttp<{ removals: { id: string; name: string; reason: string }[] }>(net, '/removals', { token: bia.token }); // prettier-ignore
    expect(told.body.removals).toMatchObject([{ name: 'alheio.txt', reason: 'De outra pessoa' }]);
    expect((await askHttp<{ removals: [] }>(net, '/removals', { token: ana.token })).body.removals).toEqual([]);
    const again = await upload(bia, 'alheio.txt', 'of others');
    expect([again.status, again.body.error]).toMatchObject([410, { code: 'entry-removed' }]);
    expect((await askHttp<{ copies: [] }>(net, '/hosted', { token: bia.token })).body.copies).toEqual([]);

    const ids = told.body.removals.map(({ id }) => id);
    await askHttp(net, '/removals/dismiss', { token: ana.token, json: { ids } }); // not hers: passed over
    expect((await askHttp<{ removals: [] }>(net, '/removals', { token: bia.token })).body.removals).toHaveLength(1);
    await askHttp(net, '/removals/dismiss', { token: bia.token, json: { ids } });
    expect((await askHttp<{ removals: [] }>(net, '/removals', { token: bia.token })).body.removals).toEqual([]);
  });

  it('T107, H50: what was announced is there for who comes later', async () => {
    await askHttp(net, '/admin/announce', { token: ana.token, json: { text: 'Às nove <b>' } });
    const { body } = await askHttp<{ announcements: unknown[] }>(net, '/announcements', { token: bia.token });
    expect(body.announcements).toMatchObject([{ text: 'Às nove <b>', by: 'Ana' }]);
    expect((await askHttp(net, '/announcements')).status).toBe(401);
  });

  it('T72, H50: a saved search tells what came since, and is its owner’s', async () => {
    const ask = async (): Promise<SavedSearch[]> =>
      (await askHttp<{ searches: SavedSearch[] }>(net, '/searches', { token: ana.token })).body.searches;
    const saved = await askHttp<SavedSearch>(net, '/searches', {
      token: ana.token,
      json: { name: 'março', query: { text: 'relacao' } },
    });
    expect(saved.body).toMatchObject({ name: 'março', unseen: 0, found: [] });
    expect((await askHttp(net, '/searches', { token: ana.token, json: { name: 'x', query: {} } })).status).toBe(400);
    await upload(bia, 'Relação de março.txt', 'março');
    await expect.poll(async () => (await ask())[0]).toMatchObject({ unseen: 1, found: [{ name: 'Relação de março.txt' }] }); // prettier-ignore
    const { id } = saved.body;
    for (const path of [`/searches/${id}/seen`, `/searches/${id}`]) {
      await askHttp(net, path, { token: bia.token, method: path.endsWith('seen') ? 'POST' : 'DELETE' });
    }
    expect(await ask()).toMatchObject([{ unseen: 1 }]); // another person’s hands move nothing
    await askHttp(net, `/searches/${id}/seen`, { token: ana.token, method: 'POST' });
    expect(await ask()).toMatchObject([{ unseen: 0, found: [] }]);
    await askHttp(net, `/searches/${id}`, { token: ana.token, method: 'DELETE' });
    expect(await ask()).toEqual([]);
  });
});
