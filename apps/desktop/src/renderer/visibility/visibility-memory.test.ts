import type { UserId } from '@enxame/shared/ids';
import { describe, expect, it } from 'vitest';
import { createVisibilityMemory, remember } from './visibility-memory.js';

function createShelf(start?: string): { getItem: () => string | null; setItem: (key: string, text: string) => void } {
  let kept = start ?? null;
  return {
    getItem: () => kept,
    setItem: (_key, text) => {
      kept = text;
    },
  };
}

const people = { kind: 'people' as const, people: ['a'.repeat(52) as UserId] };

describe('for whom somebody last shared', () => {
  it('is known again, in its own network only', () => {
    const shelf = createShelf();
    const memory = createVisibilityMemory(shelf);
    memory.setState(remember(memory.getState(), 'lab', people), true);
    const again = createVisibilityMemory(shelf).getState();
    expect(again['lab']).toEqual(people);
    expect(again['home']).toBeUndefined();
  });

  it('is nothing where something else was written', () => {
    expect(createVisibilityMemory(createShelf('{')).getState()).toEqual({});
    expect(createVisibilityMemory(createShelf('{"lab":{"kind":"nobody"}}')).getState()).toEqual({});
  });

  it('forgets the networks that were used longest ago', () => {
    let memory = {};
    for (let index = 0; index < 25; index++) memory = remember(memory, `n${String(index)}`, { kind: 'link' });
    expect(Object.keys(memory)).toHaveLength(20);
    expect(Object.keys(memory)[0]).toBe('n5');
  });
});
