import { stat } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { sha256Of, writeRandomFile } from '../harness/files.js';
import { test } from '../harness/fixtures.js';
import { runEnxame } from '../harness/program.js';

const megabytes = 1_000_000;

test('two people register, share, list and get a file by the command line alone', async ({ world }) => {
  const tracker = await world.startTracker();
  await world.startPeer('ana', tracker.ready.url);
  await world.startPeer('rafael', tracker.ready.url);
  const ana = ['--data', world.path('ana-data')];
  const rafael = ['--data', world.path('rafael-data')];

  const registered = await runEnxame(['register', 'Ana', ...ana]);
  expect(registered).toMatchObject({
    exitCode: 0,
    json: { user: { name: 'Ana' }, device: { id: expect.any(String) } },
  });
  await runEnxame(['register', 'Rafael', ...rafael]);

  const file = world.path('relação técnica.bin');
  const sha256 = await writeRandomFile(file, 20 * megabytes);
  const shared = await runEnxame(['share', file, ...ana]);
  const entry = {
    id: expect.any(String) as unknown,
    contentId: expect.any(String) as unknown,
    name: 'relação técnica.bin',
    size: 20 * megabytes,
  };
  expect(shared).toMatchObject({ exitCode: 0, json: { entries: [entry] } });

  await expect
    .poll(async () => (await runEnxame(['ls', 'relacao', ...rafael])).json)
    .toMatchObject({ entries: [{ ...entry, sha256, owner: { name: 'Ana', online: true }, sources: 1 }] });
  const { entries } = (await runEnxame(['ls', ...rafael])).json as { entries: { id: string; contentId: string }[] };
  const [listed] = entries;

  const got = await runEnxame(['get', listed?.id ?? '', ...rafael]);
  expect(got).toMatchObject({ exitCode: 0, json: { size: 20 * megabytes, contentId: listed?.contentId, sha256 } });
  const { path } = got.json as { path: string };
  expect(path).toBe(world.path('rafael-downloads/relação técnica.bin'));
  expect(await sha256Of(path)).toBe(sha256);

  const elsewhere = await runEnxame(['get', listed?.id ?? '', '--to', world.path('elsewhere'), ...rafael]);
  expect(elsewhere.json).toMatchObject({ path: world.path('elsewhere/relação técnica.bin'), sha256 });

  const people = (await runEnxame(['people', ...rafael])).json;
  expect(people).toMatchObject({
    people: expect.arrayContaining([expect.objectContaining({ name: 'Ana', online: true })]),
  });
  const status = (await runEnxame(['status', ...rafael])).json;
  expect(status).toMatchObject({
    user: { name: 'Rafael' },
    tracker: { url: tracker.ready.url, connected: true },
    downloads: world.path('rafael-downloads'),
  });

  expect(await runEnxame(['unshare', listed?.id ?? '', ...ana])).toMatchObject({ exitCode: 0 });
  await expect.poll(async () => (await runEnxame(['ls', ...rafael])).json).toMatchObject({ entries: [] });
  await stat(file);
});

test('get starts an engine for the time it needs where none runs, and share says that serve must run', async ({
  world,
}) => {
  const tracker = await world.startTracker();
  await world.startPeer('ana', tracker.ready.url);
  const ana = ['--data', world.path('ana-data')];
  await runEnxame(['register', 'Ana', ...ana]);
  const file = world.path('a.bin');
  const sha256 = await writeRandomFile(file, megabytes);
  await runEnxame(['share', file, ...ana]);

  const rafael = ['--data', world.path('rafael-data'), '--tracker', tracker.ready.url];
  expect(await runEnxame(['register', 'Rafael', ...rafael])).toMatchObject({ exitCode: 0 });
  const { entries } = (await runEnxame(['ls', ...rafael])).json as { entries: { id: string }[] };
  const got = await runEnxame(['get', entries[0]?.id ?? '', '--to', world.path('to'), ...rafael]);
  expect(got).toMatchObject({ exitCode: 0, json: { sha256 } });

  expect(await runEnxame(['share', file, ...rafael])).toMatchObject({
    exitCode: 1,
    json: { error: { code: 'engine-not-running' } },
  });
});

test('a failure is one JSON document with a closed code, and exit code 1', async ({ world }) => {
  const nobody = ['--data', world.path('nobody')];
  const cases: [string[], string][] = [
    [['get', 'not-an-id', ...nobody], 'entry-not-found'],
    [['status', '--no-such-flag', ...nobody], 'bad-request'],
    [['ls', '--tracker', '127.0.0.1:1', ...nobody], 'tracker-unreachable'],
    [['ls', '--tracker', 'not an address', ...nobody], 'tracker-address-invalid'],
  ];
  for (const [args, code] of cases) {
    const { exitCode, json } = await runEnxame(args);
    expect({ args, exitCode, json }).toMatchObject({
      exitCode: 1,
      json: { error: { code, message: expect.any(String) as unknown } },
    });
  }
});
