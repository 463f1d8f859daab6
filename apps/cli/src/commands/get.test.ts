import type { EngineHandlers, EngineHost } from '@enxame/shared/engine/engine-host';
import { createMemoryCarrierPair } from '@enxame/shared/engine/memory-carrier';
import type { Preflight } from '@enxame/shared/engine/preflight';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { describeError } from '@enxame/shared/errors/describe-error';
import { describe, expect, it } from 'vitest';
import type { EngineDoor } from '../engine/engine-door.js';
import { contentId, createFakeEngine, entryIdOf, transferOf } from '../testing/fake-engine.js';
import { noEngines, runWith } from '../testing/run-with.js';

const id = entryIdOf(1);
const sha256 = 'b'.repeat(64);

const calm: Preflight = {
  contentId,
  entryId: id,
  name: 'video.mkv',
  size: 1_500_000,
  bytesHere: 0,
  bytesToFetch: 1_500_000,
  files: null,
  filesHere: null,
  folder: '/downloads',
  freeBytes: 2e9,
  fits: true,
  collision: 'none',
  savedAs: 'video.mkv',
  renames: { count: 0, shown: [] },
};

/** An engine with one transfer, which a test moves on. */
function engineWith(first: Partial<Transfer>, handlers: Partial<EngineHandlers> = {}) {
  let transfer = transferOf(first);
  const calls: string[] = [];
  let tellListed = (): void => undefined;
  const listed = new Promise<void>((resolve) => {
    tellListed = resolve;
  });
  const host: EngineHost = createFakeEngine({
    'download:check': () => calm,
    'download:start': ({ folder }) => {
      calls.push(`start ${folder ?? ''}`.trim());
      return transfer;
    },
    'transfers:list': () => {
      setImmediate(tellListed); // after the answer
      return { transfers: [transfer] };
    },
    'transfer:pause': () => {
      calls.push('pause');
      return {};
    },
    'transfer:resume': () => {
      calls.push('resume');
      transfer = transferOf({ state: 'moving' });
      return {};
    },
    ...handlers,
  });
  let stop = (): void => undefined;
  const engines: EngineDoor = {
    ...noEngines,
    dial: () => {
      const [ours, theirs] = createMemoryCarrierPair();
      host.accept(theirs);
      stop = () => {
        theirs.close();
      };
      return Promise.resolve(ours);
    },
  };
  return {
    engines,
    calls,
    listed,
    stop: () => {
      stop();
    },
    change: (next: Partial<Transfer>) => {
      transfer = transferOf(next);
      host.broadcast('transfers:changed', { upserted: [transfer], removed: [] });
    },
    remove: () => {
      host.broadcast('transfers:changed', { upserted: [], removed: [transfer.id] });
    },
  };
}

describe('get', () => {
  it('answers when the file is verified, in place, and its SHA-256 known', async () => {
    const engine = engineWith({});
    const running = runWith(`get ${id} --to there --json`, engine.engines);
    let ended = false;
    void running.then(() => (ended = true));
    await engine.listed;
    engine.change({ state: 'verified', path: '/there/video.mkv' });
    await new Promise(setImmediate);
    expect(ended).toBe(false);
    engine.change({ state: 'verified', path: '/there/video.mkv', sha256 });
    expect((await running).json()).toMatchObject({ path: '/there/video.mkv', size: 1000, contentId, sha256 });
    expect(engine.calls).toEqual(['start /home/ana/folder/there']);
  });

  it('takes a contentId, and a file that is there already', async () => {
    const { engines } = engineWith({ state: 'verified', path: '/x/video.mkv', sha256 });
    expect((await runWith(`get ${contentId} --json`, engines)).json()).toMatchObject({ path: '/x/video.mkv' });
  });

  it('ends with what the transfer failed with', async () => {
    const engine = engineWith({});
    const running = runWith(`get ${id} --json`, engine.engines);
    await engine.listed;
    engine.change({ state: 'failed', error: { code: 'disk-full', params: { folder: '/there' } } });
    const result = await running;
    expect(result.json()).toMatchObject({ error: { code: 'disk-full' } });
    expect(result.exitCode).toBe(1);
  });

  it('ends when the transfer is removed meanwhile', async () => {
    const engine = engineWith({});
    const running = runWith(`get ${id} --json`, engine.engines);
    await engine.listed;
    engine.remove();
    expect((await running).json()).toMatchObject({ error: { code: 'transfer-not-found' } });
  });

  it.each(['paused', 'failed'] as const)('goes on with what is %s', async (state) => {
    const engine = engineWith({ state, error: state === 'failed' ? { code: 'disk-full' } : null });
    const running = runWith(`get ${id} --json`, engine.engines);
    await engine.listed;
    engine.change({ state: 'verified', path: '/x', sha256 });
    expect((await running).exitCode).toBe(0);
    expect(engine.calls).toEqual(['start', 'resume']);
  });

  it('pauses when it is asked to stop', async () => {
    const engine = engineWith({});
    const stop = new AbortController();
    const running = runWith(`get ${id} --json`, engine.engines, { stop: stop.signal });
    await engine.listed;
    stop.abort();
    const result = await running;
    expect(result.json()).toMatchObject({ error: { code: 'cancelled' } });
    expect(engine.calls).toEqual(['start', 'pause']);
  });

  it('says to a person that it is paused, not that it is lost', async () => {
    const engine = engineWith({});
    const stop = new AbortController();
    const running = runWith(`get ${id} --yes`, engine.engines, { stop: stop.signal });
    await engine.listed;
    stop.abort();
    expect(await running).toMatchObject({
      exitCode: 1,
      out: '',
      told: 'Paused. What is verified is kept; the same command goes on from there.',
    });
  });

  it('says why it waits, once', async () => {
    const error = { code: 'tracker-offline' } as const;
    const engine = engineWith({ state: 'waiting', error });
    const running = runWith(`get ${id} --yes`, engine.engines);
    await engine.listed;
    engine.change({ state: 'waiting', error });
    engine.change({ state: 'waiting' });
    engine.change({ state: 'verified', path: '/x', sha256 });
    const { what, todo } = describeError(error, 'en');
    expect((await running).told).toBe(`${what} ${todo}\nWaiting for a source.`);
  });

  it('names the command that starts an engine which stopped meanwhile', async () => {
    const engine = engineWith({});
    const running = runWith(`get ${id}`, engine.engines);
    await engine.listed;
    engine.stop();
    const result = await running;
    expect(result).toMatchObject({ exitCode: 1, out: '' });
    expect(result.told).toMatch(/stopped.*“enxame serve”/);
    expect(result.told).not.toContain('by itself');
  });

  it('knows what cannot be an id', async () => {
    expect((await runWith('get nonsense --json', noEngines)).json()).toMatchObject({
      error: { code: 'entry-not-found' },
    });
  });

  it('ends with a folder when every file of it is verified: a folder has no SHA-256', async () => {
    const folder = { files: 12, filesDone: 12 };
    const done = { state: 'verified', path: '/there/Fotos', folder } as const;
    const json = await runWith(`get ${id} --json`, engineWith(done).engines);
    expect(json.json()).toMatchObject({ path: '/there/Fotos', files: 12, sha256: null });
    const { out } = await runWith(`get ${id}`, engineWith(done).engines);
    expect(out).toContain('/there/Fotos');
    expect(out).toContain('12 files');
  });

  it('tells before the first byte what it will take, and asks when the name is taken', async () => {
    const done = { state: 'verified', path: '/there/x', sha256 } as const;
    const taken: Preflight = {
      ...calm,
      bytesHere: 500_000,
      bytesToFetch: 1e6,
      collision: 'other',
      savedAs: 'video (2).mkv',
    };
    const engine = engineWith(done, { 'download:check': () => taken });
    const asked: string[] = [];
    const told: string[] = [];
    const terminal = (answer: string) => ({
      terminal: {
        print: () => undefined,
        tell: (text: string) => told.push(text),
        ask: (question: string) => {
          asked.push(question);
          return Promise.resolve(answer);
        },
        progress: undefined,
      },
    });
    expect((await runWith(`get ${id}`, engine.engines, terminal('n'))).exitCode).toBe(1);
    expect(engine.calls).toEqual([]);
    expect(asked).toEqual(['Fetch it? [y/N] ']);
    const text = told.join('\n');
    for (const part of ['video.mkv: 1.5 MB', '500 kB', '1 MB will be fetched', '2 GB are free', '“video (2).mkv”'])
      expect(text).toContain(part);
    expect((await runWith(`get ${id}`, engine.engines, terminal('y'))).exitCode).toBe(0);
    expect((await runWith(`get ${id} --yes`, engine.engines, terminal('n'))).exitCode).toBe(0);
    expect(asked).toHaveLength(2);
    expect(engine.calls).toEqual(['start', 'start']);
  });

  it('asks nobody when there is nothing to decide', async () => {
    const engine = engineWith({ state: 'verified', path: '/there/x', sha256 });
    const ask = (): Promise<string> => Promise.reject(new Error('asked'));
    const terminal = { print: () => undefined, tell: () => undefined, ask, progress: undefined };
    expect((await runWith(`get ${id}`, engine.engines, { terminal })).exitCode).toBe(0);
  });
});
