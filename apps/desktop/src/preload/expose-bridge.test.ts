import type { IpcRendererEvent } from 'electron';
import { describe, expect, it } from 'vitest';
import { portMessage, type DesktopBridge } from '../bridge/desktop-bridge.js';
import { enginePortChannel, shellCallChannel, shellMessageChannel } from '../bridge/shell-channels.js';
import { exposeBridge } from './expose-bridge.js';

function expose(answer: unknown = { ok: true, reply: null }) {
  const exposed: Record<string, unknown> = {};
  const invoked: unknown[][] = [];
  const posted: unknown[][] = [];
  const listeners = new Map<string, (event: IpcRendererEvent, message?: unknown) => void>();
  const ipcRenderer = {
    invoke: (...args: unknown[]): Promise<unknown> => {
      invoked.push(args);
      return Promise.resolve(answer);
    },
    on: (channel: string, listener: (event: IpcRendererEvent, message?: unknown) => void) => {
      listeners.set(channel, listener);
      return ipcRenderer as never;
    },
  };
  exposeBridge({
    contextBridge: { exposeInMainWorld: (key: string, api: unknown) => (exposed[key] = api) },
    ipcRenderer,
    webUtils: { getPathForFile: (file) => `/home/ana/${file.name}` },
    platform: 'linux',
    page: { postMessage: (...args: unknown[]) => posted.push(args), location: { origin: 'app://enxame' } },
  });
  return { exposed, invoked, posted, listeners, bridge: exposed['enxame'] as DesktopBridge };
}

describe('preload', () => {
  it('exposes the bridge and nothing more', () => {
    const { exposed, bridge, listeners } = expose();
    expect(Object.keys(exposed)).toEqual(['enxame']);
    expect(Object.keys(bridge).sort()).toEqual([
      'checkForUpdate',
      'desktopState',
      'installUpdate',
      'onMessage',
      'pathForFile',
      'pickFiles',
      'pickFolder',
      'platform',
      'showInFolder',
    ]);
    expect(bridge.platform).toBe('linux');
    expect([...listeners.keys()].sort()).toEqual([enginePortChannel, shellMessageChannel]);
  });

  it('tells the path of a dropped file', () => {
    expect(expose().bridge.pathForFile({ name: 'foto.jpg' } as File)).toBe('/home/ana/foto.jpg');
  });

  it('asks main by its one channel, with what was asked and no more', async () => {
    const { bridge, invoked } = expose({ ok: true, reply: ['/a'] });
    expect(await bridge.pickFiles()).toEqual(['/a']);
    await bridge.pickFolder();
    await bridge.pickFolder('/home/ana');
    await bridge.showInFolder('/home/ana/foto.jpg');
    await bridge.desktopState();
    await bridge.checkForUpdate();
    await bridge.installUpdate();
    expect(invoked).toEqual([
      [shellCallChannel, 'files:pick', {}],
      [shellCallChannel, 'folder:pick', {}],
      [shellCallChannel, 'folder:pick', { current: '/home/ana' }],
      [shellCallChannel, 'path:show', { path: '/home/ana/foto.jpg' }],
      [shellCallChannel, 'desktop:get', {}],
      [shellCallChannel, 'update:check', {}],
      [shellCallChannel, 'update:install', {}],
    ]);
  });

  it('tells what main says, in order, to the last listener, without the event that brought it', () => {
    const { bridge, listeners } = expose();
    const say = (page: string): void =>
      listeners.get(shellMessageChannel)?.({} as IpcRendererEvent, { kind: 'go', page });
    const told: unknown[][] = [];
    say('files'); // before the page listens
    say('people');
    bridge.onMessage((...args) => told.push(['first', ...args]));
    say('history');
    bridge.onMessage((...args) => told.push(['second', ...args]));
    say('settings');
    expect(told).toEqual([
      ['first', { kind: 'go', page: 'files' }],
      ['first', { kind: 'go', page: 'people' }],
      ['first', { kind: 'go', page: 'history' }],
      ['second', { kind: 'go', page: 'settings' }],
    ]);
  });

  it('throws the code that main answered', async () => {
    const { bridge } = expose({ ok: false, error: { code: 'unauthorized' } });
    await expect(bridge.pickFiles()).rejects.toThrow(/^unauthorized$/);
  });

  it('passes each port to its own page, without the event that brought it', () => {
    const { listeners, posted } = expose();
    const port = {} as MessagePort;
    listeners.get(enginePortChannel)?.({ ports: [port] } as unknown as IpcRendererEvent);
    expect(posted).toEqual([[portMessage, 'app://enxame', [port]]]);
  });
});
