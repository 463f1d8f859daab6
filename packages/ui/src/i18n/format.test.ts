import { describe, expect, it } from 'vitest';
import { createFormat, fraction } from './format.js';

const en = createFormat('en');
const pt = createFormat('pt-BR');
const now = new Date(2026, 10, 20, 18, 0).getTime();
const minutesAgo = (minutes: number): number => now - minutes * 60_000;

describe('sizes', () => {
  it.each([
    [0, '0 B', '0 B'],
    [1, '1 B', '1 B'],
    [999, '999 B', '999 B'],
    [1000, '1.0 kB', '1,0 kB'],
    [212_000, '212 kB', '212 kB'],
    [999_700, '1.0 MB', '1,0 MB'],
    [18_400_000, '18.4 MB', '18,4 MB'],
    [99_960_000, '100 MB', '100 MB'],
    [214_000_000_000, '214 GB', '214 GB'],
    [16_000_000_000_000, '16.0 TB', '16,0 TB'],
  ])('%d bytes', (bytes, english, portuguese) => {
    expect(en.bytes(bytes)).toBe(english);
    expect(pt.bytes(bytes)).toBe(portuguese);
  });

  it('says the unit once when both parts share it', () => {
    expect(en.amount(88_200_000_000, 214_000_000_000)).toEqual({ done: '88.2', total: '214 GB' });
    expect(en.amount(900_000, 214_000_000_000)).toEqual({ done: '900 kB', total: '214 GB' });
  });

  it('never has more than three digits', () => {
    for (let bytes = 1; bytes < 1e15; bytes = Math.ceil(bytes * 1.37)) {
      expect(en.bytes(bytes).replaceAll(/\D/g, '').length).toBeLessThanOrEqual(3);
    }
  });
});

describe('progress', () => {
  it('never says all before all is there', () => {
    expect(en.percent(999_999, 1_000_000)).toBe('99%');
    expect(en.percent(1_000_000, 1_000_000)).toBe('100%');
    expect(fraction(0, 0)).toBe(1);
  });

  it.each([
    [3, '5 s'],
    [59, '60 s'],
    [2640, '44 min'],
    [3600, '1 h'],
    [7800, '2 h 10 min'],
    [60 * 60 * 24 * 18, '18 d'],
  ])('%d seconds', (seconds, text) => {
    expect(en.duration(seconds)).toBe(text);
  });
});

describe('ages', () => {
  it.each([
    [0, '1 min', '1 min'],
    [12, '12 min', '12 min'],
    [130, '2 h', '2 h'],
    [60 * 8, 'Today', 'Hoje'],
    [60 * 20, 'Yesterday', 'Ontem'],
    [60 * 24 * 3, 'Tue', 'ter.'],
    [60 * 24 * 10, 'Nov 10', '10 de nov.'],
  ])('%d minutes ago', (minutes, english, portuguese) => {
    expect(en.age(minutesAgo(minutes), now)).toBe(english);
    expect(pt.age(minutesAgo(minutes), now)).toBe(portuguese);
  });

  it.each([
    [12, '12 min. ago', 'há 12 min.'],
    [130, '2 hr. ago', 'há 2 h'],
    [60 * 20, 'yesterday', 'ontem'],
    [60 * 24 * 10, 'Nov 10', '10 de nov.'],
  ])('%d minutes ago, in a sentence', (minutes, english, portuguese) => {
    expect(en.ago(minutesAgo(minutes), now)).toBe(english);
    expect(pt.ago(minutesAgo(minutes), now)).toBe(portuguese);
  });

  it.each([
    [-60 * 24 * 10, /^Nov 10, \d\d:\d\d$/, /^10 de nov\., \d\d:\d\d$/],
    [-60 * 24, /^yesterday, \d\d:\d\d$/, /^ontem, \d\d:\d\d$/],
    [0, /^\d\d:\d\d$/, /^\d\d:\d\d$/],
    [60 * 5, /^\d\d:\d\d$/, /^\d\d:\d\d$/],
    [60 * 24, /^tomorrow, \d\d:\d\d$/, /^amanhã, \d\d:\d\d$/],
    [60 * 24 * 3, /^Mon \d\d:\d\d$/, /^seg\. \d\d:\d\d$/],
  ])('a moment %d minutes from now', (minutes, english, portuguese) => {
    expect(en.moment(minutesAgo(-minutes), now)).toMatch(english);
    expect(pt.moment(minutesAgo(-minutes), now)).toMatch(portuguese);
  });

  it('never shows a time from a clock that runs ahead as negative', () => {
    expect(en.age(now + 60_000, now)).toBe('1 min');
  });
});
