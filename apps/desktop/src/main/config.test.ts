import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

describe('config', () => {
  it('keeps the engine beside the profile of the person', () => {
    expect(readConfig({}, '/home/ana/.config/Enxame')).toEqual({
      dataFolder: resolve('/home/ana/.config/Enxame/engine'),
      profileFolder: undefined,
      suggestedTracker: undefined,
      logLevel: 'warn',
    });
  });

  it('gives another data folder a profile, and so a lock, of its own', () => {
    const env = { ENXAME_DATA: '/tmp/rui', ENXAME_SUGGESTED_TRACKER: 'https://127.0.0.1:7667', ENXAME_LOG: 'debug' };
    expect(readConfig(env, '/home/ana/.config/Enxame')).toEqual({
      dataFolder: resolve('/tmp/rui'),
      profileFolder: resolve('/tmp/rui/window'),
      suggestedTracker: 'https://127.0.0.1:7667',
      logLevel: 'debug',
    });
  });

  it('takes what is empty or unknown for not given', () => {
    const env = { ENXAME_DATA: '', ENXAME_SUGGESTED_TRACKER: '', ENXAME_LOG: 'loud' };
    expect(readConfig(env, '/p')).toEqual(readConfig({}, '/p'));
  });
});
