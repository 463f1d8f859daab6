import { describe, expect, it } from 'vitest';
import { configPathOf, parseConfig } from './config.js';

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
      logLevel: 'info',
      plainHttp: true,
      trustProxy: [],
      metrics: 'loopback',
      drainMs: 30_000,
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
    expect(parse(['--tls-cert', '/a', '--tls-key', '/b']).tls).toEqual({ certificatePath: '/a', keyPath: '/b' });
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

  it.each([
    [{ ENXAME_PORT: 'x' }, undefined, 'ENXAME_PORT'],
    [{}, '{"port": "x"}', 'port (/etc/enxame.json)'],
    [{}, '{"trust-proxy": ["10.0.0.0/8", "example.org"]}', 'trust-proxy (/etc/enxame.json)'],
    [{}, '[]', '/etc/enxame.json'],
    [{}, '{"port"', '/etc/enxame.json'],
    [{ ENXAME_TRUST_PROXY: '10.0.0.0/99' }, undefined, 'ENXAME_TRUST_PROXY'],
    [{ ENXAME_PUBLIC_URL: 'ftp://x.org' }, undefined, 'ENXAME_PUBLIC_URL'],
    [{ ENXAME_PUBLIC_URL: 'https://x.org/below' }, undefined, 'ENXAME_PUBLIC_URL'],
  ])('T84: names what is wrong by where it stands: %j %j', (environment, text, flag) => {
    const file = text === undefined ? undefined : { path: '/etc/enxame.json', text };
    const error = expect.objectContaining({ code: 'flag-invalid', params: { flag } }) as Error;
    expect(() => parseConfig([], { HOME: '/', ...environment }, 'linux', file)).toThrow(error);
  });

  it('T84: reads a file behind the environment, and says where each setting came from', () => {
    const file = {
      path: '/etc/enxame.json',
      text: '{"port": 7000, "relay": "off", "name": "Casa", "trust-proxy": "10.0.0.0/8, ::1", "tls-cert": "/c", "tls-key": "/k"}',
    };
    const config = parseConfig(['--name', 'Vila'], { HOME: '/home/ana', ENXAME_RELAY: 'on' }, 'linux', file);
    expect(config).toMatchObject({ port: 7000, relay: true, name: 'Vila', trustProxy: ['10.0.0.0/8', '::1'] });
    expect(config.origins).toMatchObject({
      name: { value: 'Vila', from: 'flag' },
      relay: { value: true, from: 'environment' },
      port: { value: 7000, from: 'file' },
      host: { value: '0.0.0.0', from: 'default' },
      'tls-cert': { value: '/c', from: 'file' },
      'tls-key': { value: 'set', from: 'file' },
    });
    expect(JSON.stringify(config.origins)).not.toContain('/k"');
  });

  it.each(['ports', 'json', 'config', '__proto__', 'toString'])(
    'T84: names a setting of the file that is none: %s',
    (name) => {
      const file = { path: '/f', text: `{"port": 1, "${name}": 1}` };
      expect(() => parseConfig([], { HOME: '/' }, 'linux', file)).toThrow(
        expect.objectContaining({ code: 'setting-unknown', params: { name, where: '/f' } }),
      );
    },
  );

  it('finds the file by a flag, then by the environment', () => {
    expect(configPathOf(['--config', 'a'], { ENXAME_CONFIG: 'b' })).toBe('a');
    expect(configPathOf([], { ENXAME_CONFIG: 'b' })).toBe('b');
    expect(configPathOf([], {})).toBeUndefined();
  });
});
