import type { EngineCatalogueRow } from '@enxame/shared/engine/catalogue-row';
import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import { describe, expect, it } from 'vitest';
import { connectedStatus, contentId, entryIdOf, userId } from '../testing/fake-engine.js';
import { noEngines, runningEngine, runWith } from '../testing/run-with.js';

function rowOf(number: number): EngineCatalogueRow {
  return {
    id: entryIdOf(number),
    contentId,
    name: `file-${String(number)}.txt`,
    size: number,
    sha256: 'a'.repeat(64),
    addedAt: number,
    owner: { id: userId, name: 'Ana', online: true },
    sources: 1,
    mine: true,
    here: true,
  };
}

/** A catalogue, oldest first, that may change between two pages. */
function listOf(rows: EngineCatalogueRow[], afterPage?: () => void): EngineHandlers['catalogue:list'] {
  return ({ query, window }) => {
    const found = rows.filter(({ name }) => name.includes(query.text));
    const ordered = query.descending ? found.toReversed() : found;
    const page = { total: found.length, rows: ordered.slice(window.offset, window.offset + window.limit) };
    afterPage?.();
    return page;
  };
}

const rowsOf = (count: number): EngineCatalogueRow[] => Array.from({ length: count }, (_, index) => rowOf(index));

describe('ls', () => {
  it('has what scripts rely on, newest first', async () => {
    const result = await runWith('ls --json', runningEngine({ 'catalogue:list': listOf(rowsOf(2)) }));
    expect(result.json()).toMatchObject({
      entries: [
        { id: entryIdOf(1), contentId, name: 'file-1.txt', size: 1, sha256: 'a'.repeat(64), owner: { name: 'Ana', online: true }, sources: 1 },
        { id: entryIdOf(0) },
      ],
    }); // prettier-ignore
  });

  it('reads every page, also while entries come and go', async () => {
    const rows = rowsOf(450);
    let pages = 0;
    const change = (): void => {
      pages++;
      if (pages === 1) rows.splice(0, 5); // five of the page that was just read: the rest moves over its edge
      if (pages === 2) rows.push(rowOf(1000));
    };
    const result = await runWith('ls --json', runningEngine({ 'catalogue:list': listOf(rows, change) }));
    const { entries } = result.json() as { entries: { id: string }[] };
    for (const { id } of rows) expect(entries.some((entry) => entry.id === id)).toBe(true);
    expect(entries[0]?.id).toBe(entryIdOf(1000));
  });

  it('takes words and a limit', async () => {
    const engines = runningEngine({ 'catalogue:list': listOf(rowsOf(300)) });
    expect((await runWith('ls file-29 --limit 3 --json', engines)).json()).toMatchObject({
      entries: [{ name: 'file-299.txt' }, { name: 'file-298.txt' }, { name: 'file-297.txt' }],
      total: 11,
    });
    const { entries } = (await runWith('ls --limit 250 --json', engines)).json() as { entries: { name: string }[] };
    expect([entries.length, entries[0]?.name]).toEqual([250, 'file-299.txt']);
  });

  it('shows a table to people, and no control of a hostile name', async () => {
    const hostile = { ...rowOf(1), name: 'a\u001b[2J.txt' };
    const { out } = await runWith('ls', runningEngine({ 'catalogue:list': listOf([hostile]) }));
    expect(out).toMatch(/^ID .* NAME\n/);
    expect(out).toContain('a\u{fffd}[2J.txt');
  });

  it('tries the tracker at once, and tells what the try met', async () => {
    let status = { ...connectedStatus };
    const away = {
      ...connectedStatus.tracker,
      connected: false,
      error: { code: 'tracker-offline' as const },
      nextTryAt: 1,
    };
    status = { ...status, tracker: away as never };
    const engines = runningEngine({
      'status:get': () => status,
      'tracker:retry': () => {
        const error = { code: 'tracker-unreachable' as const, params: { address: '127.0.0.1:7667' } };
        status = { ...status, tracker: { ...away, error, nextTryAt: 2 } as never };
        return {};
      },
    });
    expect((await runWith('ls --json', engines)).json()).toMatchObject({ error: { code: 'tracker-unreachable' } });
  });

  it('needs a tracker', async () => {
    const engines = runningEngine({ 'status:get': () => ({ ...connectedStatus, tracker: null }) });
    expect((await runWith('ls --json', engines)).json()).toMatchObject({ error: { code: 'tracker-not-chosen' } });
  });
});

const noNotes = { refused: [], refusedCount: 0, renamed: [], renamedCount: 0, hiddenCount: 0 };

describe('share', () => {
  const share = {
    id: entryIdOf(7),
    path: '/home/ana/folder/a.txt',
    name: 'a.txt',
    size: 3,
    files: null,
    state: 'shared',
    contentId,
    sha256: null,
    addedAt: 1,
    bytesHashed: 3,
    visibility: { kind: 'everyone' },
    announced: true,
    error: null,
  } as const;

  it('says that serve must run', async () => {
    const result = await runWith('share a.txt --json --data /data', noEngines);
    expect(result.json()).toMatchObject({ error: { code: 'engine-not-running' } });
    expect(result.exitCode).toBe(1);
    expect((await runWith('share a.txt', noEngines)).told).toContain('enxame serve');
  });

  it('makes paths absolute, and answers with the entries', async () => {
    let asked: readonly string[] = [];
    const engines = runningEngine({
      'share:add': ({ paths }) => {
        asked = paths;
        return { shares: [share], ...noNotes };
      },
      'shares:list': () => ({ shares: [share] }),
    });
    const result = await runWith('share a.txt ../b /c --json', engines);
    expect(asked).toEqual(['/home/ana/folder/a.txt', '/home/ana/b', '/c']);
    expect(result.json()).toMatchObject({ entries: [{ id: entryIdOf(7), contentId, name: 'a.txt', size: 3 }] });
    expect(result.exitCode).toBe(0);
  });

  it('shares what it can, names the rest, and fails', async () => {
    const refused = [{ path: '/gone', error: { code: 'path-not-found' as const, params: { path: '/gone' } } }];
    const some = runningEngine({
      'share:add': () => ({ shares: [share], ...noNotes, refused, refusedCount: 1 }),
      'shares:list': () => ({ shares: [share] }),
    });
    const result = await runWith('share a.txt /gone --json', some);
    expect(result.exitCode).toBe(1);
    expect(result.json()).toMatchObject({
      entries: [{ name: 'a.txt' }],
      refused: [{ path: '/gone', error: { code: 'path-not-found' } }],
      error: { code: 'path-not-found' },
    });
    const none = runningEngine({ 'share:add': () => ({ shares: [], ...noNotes, refused, refusedCount: 1 }) });
    expect((await runWith('share /gone --json', none)).json()).toEqual({
      error: { code: 'path-not-found', message: expect.any(String) as string },
    });
  });

  it('shares folders as they are, one by one, or together, and tells what a person should know of them', async () => {
    const asked: unknown[] = [];
    const folder = { ...share, name: 'Fotos', files: 12 };
    const engines = runningEngine({
      'share:add': (payload) => {
        asked.push(payload);
        const renamed = [{ path: '/x/a:b', as: 'a_b' }];
        return { shares: [folder], ...noNotes, renamed, renamedCount: 3, hiddenCount: 2 };
      },
      'shares:list': () => ({ shares: [folder] }),
    });
    const { out } = await runWith('share /x', engines);
    expect(out).toContain('2 hidden files are shared');
    expect(out).toContain('3 of the names: /x/a:b is shared as a_b');
    expect(out).toContain('12');
    const { entries, hidden } = (await runWith('share /x --json --each', engines)).json() as Record<string, unknown>;
    expect([entries, hidden]).toMatchObject([[{ files: 12 }], 2]);
    await runWith('share /x /y --together Viagem', engines);
    expect(asked).toEqual([
      { paths: ['/x'] },
      { paths: ['/x'], each: true },
      { paths: ['/x', '/y'], together: 'Viagem' },
    ]);
  });
});
