import type { Engine } from '@enxame/engine/engine';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { describe, expect, it } from 'vitest';
import type { EngineDoor } from './engine/engine-door.js';
import { connectedStatus, createFakeEngine, transferOf } from './testing/fake-engine.js';
import { noEngines, runningEngine, runWith } from './testing/run-with.js';

describe('command line', () => {
  it.each([
    ['nonsense --json'],
    ['--json'],
    ['ls --json --nonsense'],
    ['--json get'],
    ['--json share'],
    ['serve --port 65536 --json'],
    ['serve --port seven --json'],
    ['tracker --port -1 --json'],
    ['ls --limit 0 --json'],
    ['--json status extra'],
  ])('answers bad-request for "%s", as one document and exit code 1', async (args) => {
    const result = await runWith(args, noEngines);
    expect(result.json()).toEqual({ error: { code: 'bad-request', message: expect.stringMatching(/\w/) as string } });
    expect(result.exitCode).toBe(1);
  });

  it('says what is wrong to a person on standard error, and prints nothing', async () => {
    const result = await runWith('ls --nonsense', noEngines);
    expect(result).toMatchObject({ exitCode: 1, out: '' });
    expect(result.told).toContain('--nonsense');
  });

  it('prints help and version, and succeeds', async () => {
    expect(await runWith('--version', noEngines)).toMatchObject({ exitCode: 0, out: '0.1.0', told: '' });
    const help = await runWith('help', noEngines);
    expect(help.exitCode).toBe(0);
    for (const name of [
      'tracker',
      'serve',
      'register',
      'share',
      'unshare',
      'ls',
      'get',
      'transfers',
      'people',
      'status',
    ]) {
      expect(help.out).toContain(`  ${name} `);
    }
  });

  it('takes global options before and after the command', async () => {
    const seen: string[] = [];
    const engines: EngineDoor = {
      ...noEngines,
      dial: (folder) => {
        seen.push(folder);
        return runningEngine({ 'transfers:list': () => ({ transfers: [] }) }).dial(folder);
      },
    };
    await runWith('--data there transfers', engines);
    await runWith('transfers --data /there', engines);
    await runWith('transfers', engines);
    expect(seen).toEqual(['/home/ana/folder/there', '/there', '/home/ana/.local/share/enxame/engine']);
  });
});

describe('errors', () => {
  const refusing = runningEngine({
    'transfers:list': () => {
      throw new EnxameError('disk-full', { folder: '/x' });
    },
  });

  it('are one document with a code and a sentence', async () => {
    const result = await runWith('transfers --json', refusing);
    expect(result.exitCode).toBe(1);
    expect(result.json()).toEqual({
      error: {
        code: 'disk-full',
        message: 'There is not enough room on the disk of “/x”. Make room and try again. What was verified is kept.',
      },
    });
  });

  it('are sentences in the language of the terminal', async () => {
    const environment = { LANG: 'en_US.UTF-8', LC_ALL: 'pt_BR.UTF-8', ENXAME_LOG: 'silent' };
    const result = await runWith('transfers', refusing, { environment });
    expect(result).toMatchObject({ exitCode: 1, out: '' });
    expect(result.told).toMatch(/^Não há espaço no disco/);
  });
});

describe('engine', () => {
  function startable(handlers: Parameters<typeof createFakeEngine>[0]): EngineDoor & { starts: number; open: number } {
    const host = createFakeEngine(handlers);
    const door = {
      starts: 0,
      open: 0,
      dial: () => Promise.resolve(undefined),
      start: (): Promise<Engine> => {
        door.starts++;
        door.open++;
        return Promise.resolve({
          accept: host.accept.bind(host),
          addresses: [],
          close: () => {
            door.open--;
            return Promise.resolve();
          },
        } as unknown as Engine);
      },
    };
    return door;
  }

  it('is started for as long as the command needs it, where none runs', async () => {
    const engines = startable({ 'transfers:list': () => ({ transfers: [transferOf({})] }) });
    const result = await runWith('transfers --json', engines);
    expect(result.json()).toMatchObject({ transfers: [{ name: 'video.mkv', state: 'moving' }] });
    expect(engines).toMatchObject({ starts: 1, open: 0 });
  });

  it('is stopped when the command fails, too', async () => {
    const engines = startable({});
    expect((await runWith('transfers --json', engines)).json()).toMatchObject({ error: { code: 'not-supported' } });
    expect(engines).toMatchObject({ starts: 1, open: 0 });
  });

  it('of another command is waited for, then used or replaced', async () => {
    let tries = 0;
    const running = runningEngine({ 'transfers:list': () => ({ transfers: [] }) });
    const engines: EngineDoor = {
      dial: (folder) => (tries < 2 ? Promise.resolve(undefined) : running.dial(folder)),
      start: () => {
        tries++;
        return Promise.reject(new EnxameError('data-folder-locked', { folder: '/data' }));
      },
    };
    expect((await runWith('transfers --json', engines)).json()).toEqual({ transfers: [] });
    expect(tries).toBe(2);
  });

  it('is told the tracker of the command line only where none was chosen', async () => {
    const used: string[] = [];
    let status = { ...connectedStatus, tracker: null } as typeof connectedStatus;
    const engines = runningEngine({
      'status:get': () => status,
      'tracker:use': ({ url }) => {
        used.push(url);
        status = connectedStatus;
        const { trackerId, name, words } = connectedStatus.tracker ?? { trackerId: '', name: '', words: '' };
        return { url, trackerId: trackerId as never, name, words, usersOnline: 0, registeredAs: null };
      },
    });
    expect((await runWith('status --json --tracker one', engines)).json()).toMatchObject({
      tracker: { connected: true },
    });
    await runWith('status --json --tracker two', engines);
    expect(used).toEqual(['one']);
  });
});

describe('tracker in use', () => {
  it.each([
    ['that moved is followed', 'https://127.0.0.1:9999', connectedStatus.tracker?.trackerId, ['moved:9999']],
    ['stays when the other is another', 'https://127.0.0.1:9999', `${'x'.repeat(51)}a`, []],
    ['stays when it is the same under another name', 'https://127.0.0.1:7667', connectedStatus.tracker?.trackerId, []],
  ])('%s', async (_what, url, trackerId, expected) => {
    const used: string[] = [];
    const info = { url, trackerId: trackerId as never, name: 'Home', words: 'mel', usersOnline: 0, registeredAs: null };
    const engines = runningEngine({
      'tracker:probe': () => info,
      'tracker:use': ({ url: taken }) => {
        used.push(taken);
        return info;
      },
    });
    expect((await runWith('status --tracker moved:9999', engines)).exitCode).toBe(0);
    expect(used).toEqual(expected);
  });
});

describe('status', () => {
  it('has who, where and the managed folder', async () => {
    const result = await runWith('status --json', runningEngine({}));
    expect(result.json()).toMatchObject({
      user: { name: 'Ana' },
      tracker: { url: 'https://127.0.0.1:7667', connected: true },
      downloads: '/downloads',
      running: true,
    });
  });

  it('says to a person why there is no contact to the tracker', async () => {
    const { tracker } = connectedStatus;
    if (!tracker) throw new Error('the status has a tracker');
    const error = { code: 'tracker-identity-changed', params: { address: 'moved:7667', words: 'mel-sol' } } as const;
    const engines = runningEngine({
      'status:get': () => ({ ...connectedStatus, tracker: { ...tracker, connected: false, error } }),
    });
    const { out } = await runWith('status', engines);
    expect(out).toContain('(not connected)\n');
    expect(out).toContain(
      'The server at moved:7667 is not the one you joined before: its seal changed to mel-sol. Ask',
    );
    expect((await runWith('status', runningEngine({}))).out.split('\n')).toHaveLength(5);
  });
});
