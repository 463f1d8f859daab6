import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkDeviceGrant } from '@enxame/identity/device-grant';
import { openDeviceIdentity } from './device-identity.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-identity-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('the first start makes keys that later starts find, in a file for its owner only', async () => {
  const first = await openDeviceIdentity(folder, () => 1000);
  const second = await openDeviceIdentity(folder, () => 2000);
  expect(second.deviceId).toBe(first.deviceId);
  expect(second.userId).toBe(first.userId);
  expect((await stat(join(folder, 'identity.json'))).mode & 0o777).toBe(0o600);
});

test('a grant says, signed by the user key, whose device it is', async () => {
  const identity = await openDeviceIdentity(folder, () => 1000);
  expect(checkDeviceGrant(identity.grant('laptop'))).toMatchObject({
    userId: identity.userId,
    deviceId: identity.deviceId,
  });
});

test('the words of one computer make another one of the same user, after a restart too', async () => {
  const other = await mkdtemp(join(tmpdir(), 'enxame-identity-'));
  const first = await openDeviceIdentity(folder, () => 1000);
  const second = await openDeviceIdentity(other, () => 1000);
  const { deviceId } = second;
  for (const language of ['pt-BR', 'en'] as const) {
    await second.restoreUser(` ${first.recoveryWords(language).join('\n').toUpperCase()} `);
    expect(second.userId).toBe(first.userId);
  }
  expect(checkDeviceGrant(second.grant('laptop'))).toMatchObject({ userId: first.userId, deviceId });
  expect(await openDeviceIdentity(other, () => 2000)).toMatchObject({ userId: first.userId, deviceId });
  await rm(other, { recursive: true });
});

test.each(['', 'abandon', `${'abandon '.repeat(11)}about`, 'nothing like words'])(
  'words that are nobody’s change nothing: %j',
  async (words) => {
    const identity = await openDeviceIdentity(folder, () => 1000);
    const { userId } = identity;
    await expect(identity.restoreUser(words)).rejects.toMatchObject({ code: 'recovery-words-wrong' });
    expect(identity.userId).toBe(userId);
  },
);

test.each(['', '{', '{"version":1}', 'damaged certificate', 'damaged key'])(
  'a damaged identity is told and stays as it is: %j',
  async (damage) => {
    await openDeviceIdentity(folder, () => 1000);
    const path = join(folder, 'identity.json');
    const text = await readFile(path, 'utf8');
    const broken = damage.startsWith('damaged')
      ? text.replace(
          damage.endsWith('key') ? /PRIVATE KEY-----\\n..../ : /CERTIFICATE-----\\n..../,
          (match) => `${match.slice(0, -4)}!!!!`,
        )
      : damage;
    await writeFile(path, broken);
    await expect(openDeviceIdentity(folder, () => 2000)).rejects.toMatchObject({ code: 'identity-broken' });
    expect(await readFile(path, 'utf8')).toBe(broken);
  },
);
