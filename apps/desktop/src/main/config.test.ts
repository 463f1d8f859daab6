import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

describe('config', () => {
  it('keeps the engine beside the profile of the person', () => {
    expect(readConfig({}, [], '/home/ana/.config/Enxame')).toEqual({
      dataFolder: resolve('/home/ana/.config/Enxame/engine'),
      profileFolder: undefined,
      loginArgs: ['--hidden'],
      appImage: undefined,
      configFolder: undefined,
      desktopName: '',
      suggestedTracker: undefined,
      logLevel: 'warn',
    });
  });

  it('gives another data folder a profile, and so a lock, of its own', () => {
    const env = {
      ENXAME_DATA: '/tmp/rui',
      ENXAME_SUGGESTED_TRACKER: 'https://127.0.0.1:7667',
      ENXAME_LOG: 'debug',
      APPIMAGE: '/home/ana/Enxame.AppImage',
      XDG_CONFIG_HOME: '/home/ana/.conf',
      XDG_CURRENT_DESKTOP: 'ubuntu:GNOME',
    };
    expect(readConfig(env, [], '/home/ana/.config/Enxame')).toEqual({
      dataFolder: resolve('/tmp/rui'),
      profileFolder: resolve('/tmp/rui/window'),
      loginArgs: ['--hidden', `--data=${resolve('/tmp/rui')}`],
      appImage: '/home/ana/Enxame.AppImage',
      configFolder: '/home/ana/.conf',
      desktopName: 'ubuntu:GNOME',
      suggestedTracker: 'https://127.0.0.1:7667',
      logLevel: 'debug',
    });
  });

  it('takes the data folder of the command line before that of the environment', () => {
    const config = readConfig({ ENXAME_DATA: '/tmp/rui' }, ['--hidden', '--data=/tmp/ana'], '/p');
    expect(config.dataFolder).toBe(resolve('/tmp/ana'));
    expect(config.loginArgs).toEqual(['--hidden', `--data=${resolve('/tmp/ana')}`]);
  });

  it('takes what is empty or unknown for not given', () => {
    const env = {
      ENXAME_DATA: '',
      ENXAME_SUGGESTED_TRACKER: '',
      ENXAME_LOG: 'loud',
      APPIMAGE: '',
      XDG_CONFIG_HOME: '',
    };
    expect(readConfig(env, ['--data='], '/p')).toEqual(readConfig({}, [], '/p'));
  });
});
