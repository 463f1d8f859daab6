import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { historyQuerySchema, type HistoryQuery, type HistoryRecord } from '@enxame/shared/engine/history';
import type { ContentId, DeviceId, TransferId, UserId } from '@enxame/shared/ids';
import type { Receipt } from '@enxame/shared/peer/receipt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { csvHeading, toCsvLine } from './history-csv.js';
import { openHistory, type History } from './history.js';
import { createSendMemory } from './send-memory.js';

const contentId = 'c'.repeat(51).concat('a') as ContentId;
const deviceId = 'd'.repeat(51).concat('a') as DeviceId;
const userId = 'u'.repeat(51).concat('a') as UserId;
const receipt: Receipt = {
  contentId,
  size: 1,
  receivedAt: 0,
  grant: { userKey: 'k', deviceKey: 'd', deviceName: 'laptop', issuedAt: 1, signature: 's' },
  signature: 's',
};

let folder: string;
let history: History;
let changes: number;
let moving: Set<string>;

const open = (): History =>
  openHistory(folder, {
    onBroken: (notice) => { throw notice; }, // prettier-ignore
    onChange: () => changes++,
    isMoving: (id) => moving.has(id),
  });
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-history-'));
  [changes, moving] = [0, new Set()];
  history = open();
});
afterEach(async () => {
  await history.close();
  await rm(folder, { recursive: true });
});

function recordOf(id: string, change: Partial<HistoryRecord> = {}): HistoryRecord {
  return {
    id: id as TransferId,
    direction: 'receive',
    result: 'verified',
    contentId,
    name: `${id}.bin`,
    size: 1,
    files: null,
    personName: 'Ana',
    deviceId: null,
    userId: null,
    startedAt: 0,
    finishedAt: 1,
    bytesMoved: 1,
    path: null,
    sha256: null,
    receipt: null,
    error: null,
    ...change,
  };
}
const list = async (query: Partial<HistoryQuery> = {}): Promise<string[]> =>
  (await history.list(historyQuerySchema.parse(query))).records.map(({ id }) => id);

describe('the history', () => {
  it('is kept, newest first, and says the last word about each', async () => {
    await history.put(recordOf('a', { finishedAt: 10, result: 'failed' }));
    await history.put(recordOf('b', { finishedAt: 20 }));
    await history.put(recordOf('a', { finishedAt: 30 }));
    await history.close();
    history = open();
    const page = await history.list(historyQuerySchema.parse({}));
    expect(page).toMatchObject({ total: 2, records: [{ id: 'a', result: 'verified' }, { id: 'b' }] });
    expect(changes).toBe(3);
  });

  it('is in order, whatever is put when', async () => {
    await history.list(historyQuerySchema.parse({}));
    const times = [5, 3, 9, 3, 1, 7, 7, 2];
    for (const [index, finishedAt] of times.entries()) await history.put(recordOf(`r${String(index)}`, { finishedAt }));
    await history.put(recordOf('r4', { finishedAt: 8 }));
    await history.put(recordOf('r2', { finishedAt: 4 }));
    const kept = await list();
    await history.close();
    history = open();
    expect(kept).toEqual(['r4', 'r5', 'r6', 'r0', 'r2', 'r1', 'r3', 'r7']);
    expect(await list()).toEqual(kept);
  });

  it('is searched by words in any order, without case and accents; by direction; in pages', async () => {
    await history.put(recordOf('a', { name: 'Relação de férias.odt', personName: 'João' }));
    await history.put(recordOf('b', { name: 'férias.mp4', direction: 'send', result: 'received' }));
    await history.put(recordOf('c', { name: 'ferias.jpg', finishedAt: 2 }));
    expect(await list({ text: 'JOAO relacao' })).toEqual(['a']);
    expect(await list({ text: 'ferias' })).toEqual(['c', 'a', 'b']);
    expect(await list({ text: 'received ferias' })).toEqual(['b']);
    expect(await list({ direction: 'send' })).toEqual(['b']);
    expect(await list({ offset: 1, limit: 1 })).toEqual(['a']);
    moving.add('c');
    expect(await list()).toEqual(['a', 'b']);
  });

  it('forgets what it is told to, for good', async () => {
    for (const id of ['a', 'b', 'c']) await history.put(recordOf(id));
    expect(await history.remove(['a', 'x'] as TransferId[])).toBe(1);
    expect(await list()).toEqual(['b', 'c']);
    expect(await history.remove(undefined)).toBe(2);
    await history.close();
    history = open();
    expect(await list()).toEqual([]);
  });

  it('is written out as JSON lines or CSV, into a new file only', async () => {
    await history.put(recordOf('a'));
    await history.put(recordOf('b', { direction: 'send', finishedAt: 5 }));
    const [lines, csv] = [join(folder, 'out.jsonl'), join(folder, 'out.csv')];
    expect(await history.exportTo(lines, 'jsonl', { text: '' })).toEqual({ path: lines, records: 2 });
    const exported = (await readFile(lines, 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as unknown); // prettier-ignore
    expect(exported).toEqual([recordOf('b', { direction: 'send', finishedAt: 5 }), recordOf('a')]);
    await history.exportTo(csv, 'csv', { text: '', direction: 'receive' });
    expect(await readFile(csv, 'utf8')).toBe(csvHeading + toCsvLine(recordOf('a')));
    await writeFile(join(folder, 'there'), 'precious');
    await expect(history.exportTo(join(folder, 'there'), 'csv', { text: '' })).rejects.toThrow('path-not-a-file');
    await expect(history.exportTo(join(folder, 'no', 'x'), 'csv', { text: '' })).rejects.toThrow('path-not-found');
    expect(await readFile(join(folder, 'there'), 'utf8')).toBe('precious');
  });

  it.each([
    ['=1+1', `'=1+1`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['-2', `'-2`],
    ['+a', `'+a`],
    ['\tx', `'\tx`],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ['a,"b"\nc', '"a,""b""\nc"'],
    ['plain name.bin', 'plain name.bin'],
  ])('a name cannot be a formula in a spreadsheet: %j', (name, cell) => {
    expect(toCsvLine(recordOf('a', { name })).startsWith(`a,receive,verified,${cell},1,`)).toBe(true);
  });
});

describe('sends in the history', () => {
  it('P34: the latest of a device and a content is found after a restart, and its receipt is kept', async () => {
    const send = { direction: 'send', deviceId, bytesMoved: 7, result: 'sent' } as const;
    await history.put(recordOf('a', { ...send, startedAt: 1 }));
    await history.put(recordOf('b', { ...send, startedAt: 2 }));
    await history.close();
    history = open();
    const memory = createSendMemory(history, () => 99);
    await memory.ready;
    expect(memory.find(deviceId, contentId)).toEqual({
      id: 'b',
      startedAt: 2,
      bytesSent: 7,
      size: 1,
      isConfirmed: false,
    });
    expect(memory.find('x'.repeat(52) as DeviceId, contentId)).toBeUndefined();
    await memory.confirm('b' as TransferId, receipt, userId);
    expect(memory.find(deviceId, contentId)?.isConfirmed).toBe(true);
    await history.close();
    history = open();
    const [latest] = (await history.list(historyQuerySchema.parse({}))).records;
    expect(latest).toEqual(
      recordOf('b', { ...send, startedAt: 2, result: 'received', receipt, userId, finishedAt: 99 }),
    );
  });
});
