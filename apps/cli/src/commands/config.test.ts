import { resolve } from 'node:path';
import { settingsSchema, type Settings } from '@enxame/shared/engine/status';
import { describe, expect, it } from 'vitest';
import { connectedStatus } from '../testing/fake-engine.js';
import { noEngines, runningEngine, runWith } from '../testing/run-with.js';

/** An engine that keeps the settings it is given. */
function withSettings() {
  let settings: Settings = connectedStatus.settings;
  const changes: unknown[] = [];
  const engines = runningEngine({
    'status:get': () => ({ ...connectedStatus, settings }),
    'settings:set': (change) => {
      changes.push(change);
      settings = settingsSchema.parse({ ...settings, ...change });
      return settings;
    },
  });
  return { engines, changes };
}

describe('config', () => {
  it('lists every setting that a person may change, with what counts while nothing was said', async () => {
    const { engines } = withSettings();
    const { settings } = (await runWith('config list --json', engines)).json() as { settings: object };
    const all = Object.keys(settingsSchema.shape).filter((name) => name !== 'wordsSavedAt');
    expect(Object.keys(settings).sort()).toEqual(all.sort());
    expect(settings).toMatchObject({
      startAtLogin: false,
      closeToTray: true,
      notifications: ['arrived', 'received', 'failed', 'code'],
    });
    const { out } = await runWith('config list', engines);
    expect(out).toMatch(/^keepAwake +on +keep the computer awake/m);
    const portuguese = await runWith('config list', engines, { environment: { LANG: 'pt_BR.UTF-8' } });
    expect(portuguese.out).toMatch(/^keepAwake +on +manter o computador acordado/m);
  });

  it('gets one', async () => {
    const { engines } = withSettings();
    expect((await runWith('config get MAPPORT', engines)).out).toBe('on');
    expect((await runWith('config get mapPort --json', engines)).json()).toEqual({ name: 'mapPort', value: true });
  });

  it.each([
    ['startAtLogin on', { startAtLogin: true }, 'startAtLogin on'],
    ['closeToTray OFF', { closeToTray: false }, 'closeToTray off'],
    ['listenPort 41820', { listenPort: 41_820 }, 'listenPort 41820'],
    ['theme dark', { theme: 'dark' }, 'theme dark'],
    ['notifications arrived,failed', { notifications: ['arrived', 'failed'] }, 'notifications arrived,failed'],
    ['notifications none', { notifications: [] }, 'notifications none'],
    ['notifications code', { notifications: ['code'] }, 'notifications code'],
    [
      'downloadsFolder in',
      { downloadsFolder: resolve('/home/ana/folder/in') },
      `downloadsFolder ${resolve('/home/ana/folder/in')}`,
    ],
    ['deviceName on', { deviceName: 'on' }, 'deviceName on'],
  ])('sets %s', async (args, change, said) => {
    const { engines, changes } = withSettings();
    const { out, exitCode } = await runWith(`config set ${args}`, engines);
    expect([exitCode, out, changes]).toEqual([0, said, [change]]);
  });

  it.each(['theme blue', 'startAtLogin maybe', 'notifications arrived,post', 'language fr'])(
    'does not set %s',
    async (args) => {
      const result = await runWith(`config set ${args} --json`, noEngines);
      expect(result.exitCode).not.toBe(0);
      expect(result.json()).toMatchObject({ error: { code: 'flag-invalid' } });
    },
  );

  it('knows no other setting', async () => {
    for (const args of ['get peerPort', 'set wordsSavedAt 1', 'get constructor']) {
      const result = await runWith(`config ${args} --json`, noEngines);
      expect(result.json()).toMatchObject({ error: { code: 'setting-unknown' } });
    }
  });
});
