import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSettings } from './settings-store.js';

let folder: string;
const notices: string[] = [];
const open = (downloads?: string) => openSettings(folder, downloads, (notice) => notices.push(notice.code));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-settings-'));
  notices.length = 0;
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('settings', () => {
  it('are kept, and the folder of the first start counts only then', async () => {
    const first = await open(join(folder, 'a'));
    await first.update({ theme: 'dark', downloadsFolder: join(folder, 'b') });
    await Promise.all([first.setPeerPort(1234), first.update({ deviceName: 'x' })]);
    const again = await open(join(folder, 'c'));
    expect(again.settings).toMatchObject({ theme: 'dark', deviceName: 'x', downloadsFolder: join(folder, 'b') });
    expect(again.peerPort).toBe(1234);
    expect((await stat(join(folder, 'b'))).isDirectory()).toBe(true);
  });

  it('refuse a folder that cannot be one, and keep the old', async () => {
    const settings = await open(join(folder, 'a'));
    await writeFile(join(folder, 'file'), '');
    await expect(settings.update({ downloadsFolder: 'relative' })).rejects.toThrow('path-not-found');
    await expect(settings.update({ downloadsFolder: join(folder, 'file', 'below') })).rejects.toThrow(
      'folder-is-a-file',
    );
    expect(settings.settings.downloadsFolder).toBe(join(folder, 'a'));
  });

  it('that are broken are set aside and told', async () => {
    await writeFile(join(folder, 'settings.json'), '{"theme":');
    expect((await open(join(folder, 'a'))).settings.theme).toBe('system');
    expect(notices).toEqual(['document-broken']);
  });
});
