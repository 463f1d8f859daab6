import { describe, expect, it, vi } from 'vitest';

describe('preload', () => {
  it('puts the bridge before the page', async () => {
    const exposed: string[] = [];
    vi.stubGlobal('window', {});
    vi.stubGlobal('process', { platform: 'linux' });
    vi.doMock('electron', () => ({
      contextBridge: { exposeInMainWorld: (key: string) => exposed.push(key) },
      ipcRenderer: { on: () => undefined },
      webUtils: {},
    }));
    await import('./preload.js');
    vi.unstubAllGlobals();
    expect(exposed).toEqual(['enxame']);
  });
});
