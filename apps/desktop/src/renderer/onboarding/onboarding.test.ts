import { describe, expect, it } from 'vitest';
import { suggestNames } from './name-ideas.js';
import { listRecentNetworks, rememberNetwork } from './recent-networks.js';

describe('name ideas', () => {
  it('are made of the name, the computer and a number', () => {
    expect(suggestNames('ana', 'ana-thinkpad', 2026)).toEqual(['ana-thinkpad', 'ana.2', 'ana-2026']);
    expect(suggestNames('Ana Andrade', 'nas', 2026)[0]).toBe('ana.andrade');
  });
  it('are never too long', () => {
    expect(suggestNames('a'.repeat(39), 'thinkpad', 2026)).toEqual([]);
  });
});

describe('recent networks', () => {
  const shelf = (text: string | null) => ({
    text,
    getItem(): string | null {
      return this.text;
    },
    setItem(_key: string, value: string): void {
      this.text = value;
    },
  });
  it('keeps the last four, newest first, each once', () => {
    const own = shelf(null);
    for (const n of [1, 2, 3, 4, 5, 3]) rememberNetwork(own, { url: `u${String(n)}`, name: `n${String(n)}` });
    expect(listRecentNetworks(own).map(({ url }) => url)).toEqual(['u3', 'u5', 'u4', 'u2']);
  });
  it('survives what it did not write', () => {
    for (const text of ['', '{', '[1]', '{"url":1}']) expect(listRecentNetworks(shelf(text))).toEqual([]);
  });
});
