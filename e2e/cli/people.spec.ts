import { mkdir, rename, writeFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { sha256Of, writeRandomFile } from '../harness/files.js';
import { test } from '../harness/fixtures.js';
import { runEnxame } from '../harness/program.js';

interface Listed {
  readonly entries: readonly { readonly id: string; readonly name: string }[];
}

test('what is for one person is seen and taken by that person alone; a blocked one gets nothing', async ({ world }) => {
  const tracker = await world.startTracker();
  for (const name of ['ana', 'rui', 'bia']) await world.startPeer(name, tracker.ready.url);
  const [ana, rui, bia] = ['ana', 'rui', 'bia'].map((name) => ['--data', world.path(`${name}-data`)]) as [
    string[],
    string[],
    string[],
  ];
  await runEnxame(['register', 'Ana', ...ana]);
  await runEnxame(['register', 'Rui', ...rui]);
  await runEnxame(['register', 'Bia', ...bia]);
  const names = async (who: string[]): Promise<string[]> =>
    ((await runEnxame(['ls', ...who])).json as Listed).entries.map(({ name }) => name);

  const secret = world.path('for rui.bin');
  const sha256 = await writeRandomFile(secret, 3_000_000);
  const shared = await runEnxame(['share', secret, '--only', 'Rui', ...ana]);
  expect(shared).toMatchObject({ exitCode: 0, json: { entries: [{ visibility: { kind: 'people' } }] } });
  const [entry] = (shared.json as { entries: { id: string; contentId: string }[] }).entries;
  const id = entry?.id ?? '';
  await expect.poll(() => names(rui)).toEqual(['for rui.bin']);
  expect(await names(ana)).toEqual(['for rui.bin']);
  expect(await names(bia)).toEqual([]);
  for (const asked of [id, entry?.contentId ?? '']) {
    expect(await runEnxame(['get', asked, ...bia])).toMatchObject({ exitCode: 1, json: { error: { code: 'entry-not-found' } } }); // prettier-ignore
  }
  const got = await runEnxame(['get', id, ...rui]);
  expect(got).toMatchObject({ exitCode: 0, json: { sha256 } });
  expect(await sha256Of((got.json as { path: string }).path)).toBe(sha256);

  await runEnxame(['show', id, '--everyone', ...ana]);
  await expect.poll(() => names(bia)).toEqual(['for rui.bin']);
  await runEnxame(['show', id, '--link-only', ...ana]);
  await expect.poll(() => names(bia)).toEqual([]);
  expect(await names(rui)).toEqual([]);
  const link = await runEnxame(['link', 'create', id, ...ana]);
  expect(link).toMatchObject({ exitCode: 0, json: { name: 'for rui.bin' } });

  const words = async (who: string[], name: string): Promise<unknown> =>
    ((await runEnxame(['people', 'words', name, ...who])).json as { words: string }).words;
  expect(await words(ana, 'Bia')).toBe(await words(bia, 'Ana'));
  expect(await runEnxame(['people', 'trust', 'Bia', '--yes', ...ana])).toMatchObject({ exitCode: 0 });

  const open = world.path('open.bin');
  await writeRandomFile(open, 1_000_000);
  const openShare = (await runEnxame(['share', open, ...ana])).json as { entries: { id: string }[] };
  const bias = world.path('of bia.bin');
  await writeRandomFile(bias, 1000);
  await runEnxame(['share', bias, ...bia]);
  await expect.poll(() => names(ana)).toContain('of bia.bin');
  await runEnxame(['people', 'block', 'Bia', ...ana]);
  await expect.poll(() => names(ana)).not.toContain('of bia.bin');
  expect((await runEnxame(['people', 'blocked', ...ana])).json).toMatchObject({ people: [{ name: 'Bia' }] });
  await expect.poll(() => names(bia)).toContain('open.bin');
  const refused = runEnxame(['get', openShare.entries[0]?.id ?? '', ...bia]);
  await expect
    .poll(async () => {
      const { transfers } = (await runEnxame(['transfers', ...bia])).json as {
        transfers: { state: string; sources: unknown[]; bytesDone: number }[];
      };
      return transfers.map(({ state, bytesDone }) => [state, bytesDone]);
    })
    .toEqual([['waiting', 0]]);
  await runEnxame(['people', 'unblock', 'Bia', ...ana]);
  expect(await refused).toMatchObject({ exitCode: 0 });
});

test('a watched folder shares what lands in it', async ({ world }) => {
  const tracker = await world.startTracker();
  await world.startPeer('ana', tracker.ready.url);
  const ana = ['--data', world.path('ana-data')];
  await runEnxame(['register', 'Ana', ...ana]);
  const inbox = world.path('inbox');
  await mkdir(inbox);
  const names = async (): Promise<string[]> =>
    ((await runEnxame(['ls', ...ana])).json as Listed).entries.map(({ name }) => name).sort();
  expect(await runEnxame(['watch', inbox, ...ana])).toMatchObject({ exitCode: 0, json: { folder: { path: inbox } } });
  await writeFile(`${inbox}/photo.jpg.part`, 'half');
  await writeFile(`${inbox}/note.txt`, 'whole');
  await expect.poll(names, { timeout: 20_000 }).toEqual(['note.txt']);
  await rename(`${inbox}/photo.jpg.part`, `${inbox}/photo.jpg`);
  await expect.poll(names, { timeout: 20_000 }).toEqual(['note.txt', 'photo.jpg']);
  expect((await runEnxame(['watch', ...ana])).json).toMatchObject({ folders: [{ path: inbox, shared: 2 }] });
  expect(await runEnxame(['unwatch', inbox, ...ana])).toMatchObject({ exitCode: 0 });
});
