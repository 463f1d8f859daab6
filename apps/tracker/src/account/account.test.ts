import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signStatement } from '@enxame/identity/signing';
import { leaveStatement } from '@enxame/shared/identity/grant';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEntry } from '../test-kit/entries.js';
import { createFailingWrites } from '../test-kit/failing-writes.js';
import type { TestDevice } from '../test-kit/test-device.js';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';
import { createTestUser } from '../test-kit/test-user.js';
import { askHttp, joinWeb } from '../test-kit/web-user.js';

let net: TestTracker;
const disk = createFailingWrites();
beforeEach(async () => {
  net = await startTestTracker({ writeFile: disk.writeFile });
});
afterEach(() => net.close());

async function leave(device: TestDevice, name: string, signer = device.user.userKey) {
  const { nonce } = await device.request('session:challenge', {});
  const { userId } = device.user;
  const statement = leaveStatement({ trackerId: net.tracker.trackerId, nonce, userId, name });
  return device.request('account:leave', { name, signature: signStatement(signer, statement) });
}

async function exported(device: TestDevice): Promise<Record<string, Record<string, unknown>[]>> {
  const found: Record<string, Record<string, unknown>[]> = {};
  for (let after: string | null = null; ;) {
    const page: { section: string; records: Record<string, unknown>[]; next: string | null } = await device.request(
      'account:export',
      { after },
    );
    found[page.section] = [...(found[page.section] ?? []), ...page.records];
    if (page.next === null) return found;
    after = page.next;
  }
}
const all = { query: {}, window: { offset: 0, limit: 10 } };

describe('what is held of a person', () => {
  it('T120: is all there, page by page, without secrets and without what is others’', async () => {
    const [ana, rui] = [await net.join('Ana'), await net.join('Rui')];
    const entries = Array.from({ length: 1100 }, () => createEntry());
    for (let start = 0; start < entries.length; start += 500) {
      await ana.request('entries:announce', { entries: entries.slice(start, start + 500) });
    }
    await rui.request('entries:announce', { entries: [createEntry({ name: 'of Rui' })] });
    const { token } = await joinWeb(net, 'Ana', ana.user);
    const made = await askHttp<{ secret: string }>(net, '/tokens', {
      token,
      json: { name: 'backup', scopes: ['read'] },
    });
    const found = await exported(ana);
    expect(new Set(found['entries']?.map(({ id }) => id))).toEqual(new Set(entries.map(({ id }) => id)));
    expect(found['account']).toMatchObject([{ name: 'Ana', id: ana.user.userId }]);
    expect(found['tokens']).toMatchObject([{ name: 'backup' }]);
    expect(found['devices']).toMatchObject([{ deviceId: ana.user.deviceId, name: 'a computer' }]);
    const text = JSON.stringify(found);
    expect([text.includes('of Rui'), text.includes(made.body.secret), text.includes('secretHash')]).toEqual([false, false, false]); // prettier-ignore
    for (const after of ['x', '99:0', '-1:0', '0:99999999999']) {
      await expect(ana.request('account:export', { after })).rejects.toMatchObject({ code: 'bad-request' });
    }
  });
});

describe('leaving', () => {
  it('T121: takes entries, tokens, sessions and the account, and others see it at once', async () => {
    const [ana, rui] = [await net.join('Ana'), await net.join('Rui')];
    const second = await net.connect(createTestUser(ana.user.userKey));
    await second.open();
    const entry = createEntry({ name: 'a secret name' });
    await ana.request('entries:announce', { entries: [entry] });
    await rui.request('people:watch', {});
    await rui.request('catalogue:watch', { watchId: 1, ...all });
    const { token } = await joinWeb(net, 'Ana', ana.user);
    const changed = rui.pushed('catalogue:changed', ({ diff }) => diff.total === 0);
    const gone = rui.pushed('people:changed', ({ total }) => total === 1);
    const { nameBlockedUntil } = await leave(ana, 'ana');
    await Promise.all([changed, gone, second.disconnected, ana.disconnected]);
    expect(nameBlockedUntil - Date.now()).toBeGreaterThan(89 * 86_400_000);
    expect((await rui.request('catalogue:list', all)).total).toBe(0);
    expect((await askHttp(net, '/me', { token })).status).toBe(401);
    const files = await readdir(net.dataFolder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((item) => item.isFile() && item.name !== 'audit.jsonl')) {
      const text = await readFile(join(file.parentPath, file.name), 'utf8');
      expect([file.name, text.includes('a secret name')]).toEqual([file.name, false]);
    }
  });

  it('T122: blocks the name for a while, for all, also after a restart', async () => {
    const ana = await net.join('Ana');
    await leave(ana, 'Ana');
    for (const restarted of [false, true]) {
      if (restarted) await net.restart();
      for (const user of [ana.user, createTestUser()]) {
        const device = await net.connect(user);
        await expect(device.open()).rejects.toMatchObject({ code: 'not-registered' });
        for (const name of ['Ana', 'ÁNA', 'A na']) {
          await expect(device.register(name)).rejects.toMatchObject({ code: 'name-blocked' });
        }
      }
    }
    const again = await net.connect(ana.user);
    await again.register('Ana Maria');
    await again.open();
    expect((await again.request('catalogue:list', all)).total).toBe(0);
  });

  it('T121: needs the name and the user’s own key', async () => {
    const [ana, rui] = [await net.join('Ana'), await net.join('Rui')];
    await expect(leave(ana, 'Rui')).rejects.toMatchObject({ code: 'bad-request' });
    await expect(leave(ana, 'Ana', rui.user.userKey)).rejects.toMatchObject({ code: 'signature-invalid' });
    await ana.request('catalogue:list', all);
  });

  it('T123: cut off in the middle, it goes on at the next start', async () => {
    const ana = await net.join('Ana');
    await ana.request('entries:announce', { entries: [createEntry()] });
    disk.fail(); // users.json cannot be written: the account stays half gone
    await expect(leave(ana, 'Ana')).rejects.toMatchObject({ code: 'tracker-storage-full' });
    const waiting = await net.connect(ana.user);
    await expect(waiting.open()).rejects.toMatchObject({ code: 'not-registered' });
    disk.recover();
    await net.restart();
    const again = await net.connect(ana.user);
    await expect(again.open()).rejects.toMatchObject({ code: 'not-registered' });
    await expect(again.register('Ana')).rejects.toMatchObject({ code: 'name-blocked' });
    const users = await readFile(join(net.dataFolder, 'users.json'), 'utf8');
    expect(users).not.toContain('Ana');
  });
});
