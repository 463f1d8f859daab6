import { describe, expect, it } from 'vitest';
import { activityOf } from '../feed/activity.js';
import { statusOf } from '../testing/fake-engine.js';
import { transferOf } from '../testing/transfers.js';
import type { EngineStatus } from '@enxame/shared/engine/status';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { findTray } from './find-tray.js';
import { trayIconPath } from './tray-icon.js';
import { trayMenu, trayTip, type TrayActions, type TrayState } from './tray-menu.js';

const nothing = (): void => undefined;
const actions: TrayActions = {
  ...{ open: nothing, shareFiles: nothing, send: nothing, receive: nothing, copyCode: nothing },
  ...{ pauseAll: nothing, resumeAll: nothing, settings: nothing, quit: nothing },
};

function stateOf(status: EngineStatus, ...transfers: Transfer[]): TrayState {
  const byId = new Map(transfers.map((transfer) => [transfer.id, transfer]));
  const activity = activityOf({ status, transfers: byId, codes: null });
  return { activity, isRunning: true, code: null, language: 'en' };
}
const facts = (state: TrayState): unknown[] =>
  trayMenu(state, actions)
    .filter(({ enabled }) => enabled === false)
    .map(({ label }) => label);

describe('the menu of the tray', () => {
  it('tells what is nearest to its end, what else there is, and who is needed', () => {
    const state = stateOf(
      statusOf(),
      transferOf({ name: 'a & b.zst', bytesDone: 410, secondsLeft: 44 * 60 }),
      transferOf(),
      transferOf({ state: 'waiting' }),
      transferOf({ state: 'waiting' }),
      transferOf({ state: 'failed' }),
    );
    expect(facts(state)).toEqual([
      'Lab Oceano',
      'Nothing is moving',
      'a && b.zst  41%',
      'about 44 min left; 1 more running, 2 waiting',
      '1 transfer needs you',
    ]);
    expect(trayMenu(state, actions).map(({ label }) => label)).toContain('Quit and stop 2 transfers');
    expect(trayTip(state)).toBe('Enxame\nLab Oceano\nNothing is moving');
  });

  it('says no more than it knows', () => {
    expect(facts(stateOf(statusOf(), transferOf({ size: 0, bytesDone: 0 })))).toEqual([
      'Lab Oceano',
      'Nothing is moving',
      'tese.pdf  0%',
    ]);
    expect(facts({ ...stateOf(statusOf()), isRunning: false })).toEqual(['Starting…']);
  });

  it('says that there is no contact, or no network yet', () => {
    const status = statusOf();
    const off = { ...status, tracker: status.tracker && { ...status.tracker, connected: false } };
    expect(facts(stateOf(off))[0]).toBe('Lab Oceano: No contact with the server');
    expect(facts(stateOf({ ...status, tracker: null }))[0]).toBe('No network chosen yet');
  });

  it('offers to pause what there is to pause, and to resume what is paused', () => {
    const labels = (...transfers: Transfer[]): unknown[] =>
      trayMenu(stateOf(statusOf(), ...transfers), actions).map(({ label }) => label);
    expect(labels()).not.toContain('Pause Everything');
    expect(labels(transferOf({ state: 'waiting' }))).toContain('Pause Everything');
    expect(labels(transferOf())).not.toContain('Resume Everything');
    expect(labels(transferOf({ state: 'paused' }))).toContain('Resume Everything');
  });
});

describe('the icon of the tray', () => {
  const icon = (platform: NodeJS.Platform, darkSystem: boolean, desktopName = ''): string =>
    trayIconPath({ folder: '/t', kind: 'idle', platform, darkSystem, desktopName }).replaceAll('\\', '/');

  it('is light where the panel is dark', () => {
    expect(icon('win32', true)).toBe('/t/tray-idle-light.png');
    expect(icon('win32', false)).toBe('/t/tray-idle-dark.png');
    expect(icon('linux', false, 'KDE')).toBe('/t/tray-idle-dark.png');
    expect(icon('linux', false, 'ubuntu:GNOME')).toBe('/t/tray-idle-light.png');
    expect(icon('darwin', true)).toBe('/t/tray-idleTemplate.png');
  });
});

describe('whether there is a tray', () => {
  it('is asked of the session on Linux only', async () => {
    const asked: unknown[] = [];
    const answer = (text: string) => (program: string, args: readonly string[]) => {
      asked.push([program, args.at(-1)]);
      return Promise.resolve(text);
    };
    expect(await findTray('win32', answer('no'))).toBe(true);
    expect(await findTray('darwin', answer('no'))).toBe(true);
    expect(asked).toEqual([]);
    expect(await findTray('linux', answer('   variant       boolean true\n'))).toBe(true);
    expect(await findTray('linux', answer('   variant       boolean false\n'))).toBe(false);
    expect(asked[0]).toEqual(['dbus-send', 'string:IsStatusNotifierHostRegistered']);
    expect(await findTray('linux', () => Promise.reject(new Error('ENOENT')))).toBe(false);
  });
});
