import { languages } from '@enxame/shared/language';
import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatPercent, formatRate, shortenName } from './format.js';
import { shellWords } from './pick-words.js';
import type { ShellWords } from './shell-words.js';

describe('figures', () => {
  it('are sizes in powers of 1000, with three digits', () => {
    expect(
      [0, 999, 1000, 999_499, 999_500, 18_400_000, 38_200_000_000].map((bytes) => formatBytes(bytes, 'en')),
    ).toEqual(['0 B', '999 B', '1 kB', '999 kB', '1 MB', '18.4 MB', '38.2 GB']);
    expect(formatBytes(18_400_000, 'pt-BR')).toBe('18,4 MB');
    expect(formatBytes(Number.MAX_SAFE_INTEGER * 1000, 'en')).toBe('9,010 PB');
    expect(formatRate(48_200_000.4, 'pt-BR')).toBe('48,2 MB/s');
    expect(formatPercent(0.4149, 'en')).toBe('41%');
  });

  it('are times as people say them', () => {
    const said = [0.2, 89, 90, 44 * 60, 3 * 3600, 48 * 3600].map((seconds) => formatDuration(seconds, 'en'));
    expect(said).toEqual(['1 sec', '89 sec', '2 min', '44 min', '3 hr', '2 days']);
    expect(formatDuration(48 * 3600, 'pt-BR')).toBe('2 dias');
  });

  it('are names that fit, with their ending, and nothing that turns text around', () => {
    expect(shortenName('tese.pdf')).toBe('tese.pdf');
    expect(shortenName('a\u202Efdp.exe\n')).toBe('afdp.exe');
    const short = shortenName(`${'🐝'.repeat(200)}level2-geocoded.tar.zst`);
    expect([...short]).toHaveLength(48);
    expect(short).toMatch(/^🐝+…geocoded\.tar\.zst$/u);
  });
});

describe.each(languages)('the words of the shell in %s', (language) => {
  const words = shellWords(language);

  it('are all there', () => {
    for (const group of Object.values(words) as ShellWords[keyof ShellWords][]) {
      for (const [name, word] of Object.entries(group)) {
        if (typeof word === 'string') expect(word.trim(), name).not.toBe('');
      }
    }
  });

  it('name what they are given, one or many', () => {
    const { tray, notices } = words;
    for (const said of [notices.arrivedMany(3, 'Rui'), notices.receivedMany('Rui', 3)]) {
      expect(said).toMatch(/Rui/);
      expect(said).toMatch(/3/);
    }
    expect(notices.arrivedMany(1, 'Rui')).not.toBe(notices.arrivedMany(2, 'Rui').replace('2', '1'));
    for (const say of [tray.needsYou, tray.quitAndStop]) expect(say(1)).not.toBe(say(2).replace('2', '1'));
    for (const say of [notices.textArrived, (name: string | null) => notices.offered(name, '1 kB')]) {
      expect(say('Rui')).toContain('Rui');
      expect(say(null)).not.toContain('null');
    }
    expect(notices.codeTaken('Rui', '7-a')).toContain('7-a');
    expect(notices.codeTaken(null, '7-a')).not.toContain('null');
    for (const said of [
      notices.arrived('x'),
      notices.arrivedFrom('x', 'Rui'),
      notices.received('Rui', 'x'),
      notices.failed('x'),
      notices.compare('x'),
      notices.updateReady('x'),
      tray.copyCode('x'),
      tray.timeLeft('x'),
      tray.speeds('x', 'y'),
    ]) {
      expect(said).toContain('x');
    }
    expect(notices.failedMany(1234)).toMatch(/1[.,]234/);
  });

  it('count what else runs and waits, and are nothing where nothing does', () => {
    const { more } = words.tray;
    expect(more(0, 0)).toBe('');
    expect(more(2, 0)).not.toContain(',');
    expect(more(2, 3)).toMatch(/2.*,.*3/);
  });
});
