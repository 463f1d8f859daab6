import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { applicationMenu } from './application-menu.js';

function create(platform: NodeJS.Platform = 'linux', devTools = false) {
  const done: unknown[] = [];
  const template = applicationMenu({
    ...{ platform, devTools, language: 'en' },
    actions: {
      tell: (message) => done.push(message),
      pauseAll: () => done.push('pause'),
      resumeAll: () => done.push('resume'),
    },
  });
  const items = template.flatMap(({ submenu }) => submenu as MenuItemConstructorOptions[]);
  return { done, items, titles: template.map(({ label }) => label) };
}

describe('the menu bar', () => {
  it('has what a program of the system has', () => {
    expect(create('linux').titles).toEqual(['File', 'Edit', 'View', 'Transfers', 'Help']);
    expect(create('darwin').titles).toEqual(['Enxame', 'File', 'Edit', 'View', 'Transfers', 'Window', 'Help']);
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      const { items } = create(platform);
      expect(items.filter(({ role }) => role === 'quit')).toHaveLength(1);
      expect(items.filter(({ label }) => label === 'Settings…')).toHaveLength(1);
      expect(items.filter(({ type, label }) => type !== 'separator' && !label)).toEqual([]);
    }
  });

  it('tells the page what was chosen', () => {
    const { done, items } = create();
    for (const { click } of items) click?.(undefined as never, undefined, undefined as never);
    expect(done).toEqual([
      { kind: 'command', command: 'share-files' },
      { kind: 'command', command: 'share-folder' },
      { kind: 'command', command: 'send' },
      { kind: 'command', command: 'receive' },
      { kind: 'go', page: 'settings' },
      { kind: 'command', command: 'search' },
      { kind: 'command', command: 'commands' },
      ...['files', 'transfers', 'send', 'people', 'connection', 'history'].map((page) => ({ kind: 'go', page })),
      'pause',
      'resume',
      { kind: 'command', command: 'shortcuts' },
    ]);
  });

  it('shows the keys of the page without taking them from it, each once', () => {
    const { items } = create();
    const keys = items.filter(({ accelerator, role }) => accelerator !== undefined && role === undefined);
    expect(keys.length).toBeGreaterThan(8);
    expect(keys.filter(({ registerAccelerator }) => registerAccelerator !== false)).toEqual([]);
    const all = items.flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator]));
    expect(new Set(all).size).toBe(all.length);
  });

  it('offers the tools of developers to developers', () => {
    const has = (devTools: boolean): boolean =>
      create('linux', devTools).items.some(({ role }) => role === 'toggleDevTools');
    expect([has(true), has(false)]).toEqual([true, false]);
  });
});
