import { describe, expect, it } from 'vitest';
import { toArguments } from '../commands/tracker.js';
import { defaultFolders } from '../default-folders.js';
import { pickTerminalLanguage } from '../pick-terminal-language.js';
import { formatBytes, formatRate, formatSeconds } from './format.js';
import { cellWidth, toTable } from './table.js';

describe('figures', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [1536, '1.5 kB'],
    [99_950, '100 kB'],
    [999_499, '999 kB'],
    [999_500, '1 MB'],
    [214e9, '214 GB'],
    [5e15, '5 PB'],
  ])('writes %d bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes, 'en')).toBe(text);
  });

  it.each([
    [40_000, '0 MB/s'],
    [88_240_000, '88.2 MB/s'],
    [1_200_000_000, '1,200 MB/s'],
  ])('writes a rate of %d bytes per second as %s', (rate, text) => {
    expect(formatRate(rate, 'en')).toBe(text);
  });

  it('writes numbers as the language does', () => {
    expect(formatBytes(1536, 'pt-BR')).toBe('1,5 kB');
  });

  it.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [61, '1 min'],
    [3599, '1 h 00 min'],
    [2 * 3600 + 300, '2 h 05 min'],
    [18 * 86_400 + 3 * 3600, '18 d 3 h'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });
});

describe('table', () => {
  it('counts cells, not characters', () => {
    expect(cellWidth('relac\u0327a\u0303o')).toBe(7);
    expect(cellWidth('蜂🐝')).toBe(4);
  });

  it('lines columns up', () => {
    const columns = [
      { title: 'N', cell: ({ n }: { n: number }) => String(n), align: 'right' as const },
      { title: 'NAME', cell: ({ n }: { n: number }) => 'x'.repeat(n) },
      { title: 'END', cell: () => 'end' },
    ];
    expect(toTable(columns, [{ n: 1 }, { n: 10 }])).toBe(
      ' N  NAME        END\n 1  x           end\n10  xxxxxxxxxx  end',
    );
  });
});

describe('environment', () => {
  it.each([
    [{ LC_ALL: 'pt_BR.UTF-8', LANG: 'en_US' }, 'pt-BR'],
    [{ LC_ALL: '', LANG: 'pt' }, 'pt-BR'],
    [{ LC_ALL: 'C.UTF-8', LANG: 'pt_BR' }, 'en'],
    [{ LANG: 'de_DE' }, 'en'],
    [{}, 'en'],
  ])('speaks, for %j, %s', (environment, language) => {
    expect(pickTerminalLanguage(environment)).toBe(language);
  });

  it('keeps data where the system keeps it', () => {
    expect(defaultFolders({}, 'linux', '/home/a').engine).toBe('/home/a/.local/share/enxame/engine');
    expect(defaultFolders({ XDG_DATA_HOME: '/d' }, 'linux', '/home/a').tracker).toBe('/d/enxame/tracker');
    expect(defaultFolders({}, 'darwin', '/Users/a').engine).toBe('/Users/a/Library/Application Support/enxame/engine');
    expect(defaultFolders({ ENXAME_HOME: '/h' }, 'darwin', '/Users/a')).toEqual({
      engine: '/h/engine',
      tracker: '/h/tracker',
    });
  });

  it('hands flags to the tracker, also those that begin with a dash', () => {
    expect(toArguments({ host: undefined, port: '0', json: true, name: '-x', help: false })).toEqual([
      '--port=0',
      '--json',
      '--name=-x',
    ]);
  });
});
