import { describe, expect, it } from 'vitest';
import { parseConfig } from './config.js';

const parse = (args: string[], environment: Record<string, string> = {}, platform: NodeJS.Platform = 'linux') =>
  parseConfig(args, { HOME: '/home/ana', ...environment }, platform);

describe('parseConfig', () => {
  it('has a default for each setting', () => {
    expect(parse([])).toMatchObject({
      host: '0.0.0.0',
      port: 7667,
      dataFolder: '/home/ana/.local/share/enxame/tracker',
      json: false,
      tls: undefined,
      logLevel: 'warn',
    });
  });

  it('takes flags before the environment, and the environment before the default', () => {
    const environment = { ENXAME_PORT: '1', ENXAME_HOST: '::1', ENXAME_NAME: 'Casa', XDG_DATA_HOME: '/x' };
    expect(parse(['--port', '2'], environment)).toMatchObject({
      port: 2,
      host: '::1',
      name: 'Casa',
      dataFolder: '/x/enxame/tracker',
    });
  });

  it('takes a certificate only with its key', () => {
    expect(parse(['--tls-cert', 'a', '--tls-key', 'b']).tls).toEqual({ certificatePath: 'a', keyPath: 'b' });
  });

  it.each([
    [['--port', 'x'], '--port'],
    [['--port', '-1'], '--port'],
    [['--port', '1.5'], '--port'],
    [['--name', ' '], '--name'],
    [['--name', 'x'.repeat(81)], '--name'],
    [['--data', ''], '--data'],
    [['--what'], '--what'],
    [['--tls-key', 'b'], '--tls-cert'],
  ])('refuses %j, naming %s', (args, flag) => {
    expect(() => parse(args)).toThrow(expect.objectContaining({ code: 'flag-invalid', params: { flag } }));
  });
});
