import { describe, expect, it } from 'vitest';
import { createSystemTurns } from './system-turns.js';

describe('work in turns', () => {
  it('T35: lets others look at their sockets between any two pieces, however many wait', async () => {
    const turns = createSystemTurns();
    const order: string[] = [];
    const look = (left: number): void => {
      order.push('look');
      if (left > 0) setImmediate(look, left - 1);
    };
    setImmediate(look, 20);
    await Promise.all(
      Array.from({ length: 5 }, async () => {
        const turn = turns.begin();
        for (let piece = 0; piece < 3; piece++) {
          await turn.next();
          order.push('piece');
        }
      }),
    );
    const text = order.join(' ');
    expect(order.filter((step) => step === 'piece')).toHaveLength(15);
    expect(text).not.toContain('piece piece');
  });

  it('T35: a piece is not over at once, and is after a while', async () => {
    const turn = createSystemTurns().begin();
    expect(turn.isDue()).toBe(false);
    while (!turn.isDue()); // the time that a piece may take
    await turn.next();
    expect(turn.isDue()).toBe(false);
  });
});
