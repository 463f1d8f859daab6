import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../test-kit/fake-clock.js';
import { absenceMs, createNameplates, maxNameplates, type Nameplates } from './nameplates.js';

function open(clock = createFakeClock()): Nameplates {
  let made = 0;
  return createNameplates({ clock, random: () => 0.5, createMailbox: () => `mailbox-${String(++made)}` });
}

describe('nameplates', () => {
  it('W3 are short, and longer only when the short ones are half taken', () => {
    const nameplates = open();
    const numbers = Array.from({ length: 60 }, (_, side) => nameplates.allocate(`side-${String(side)}`));
    expect(new Set(numbers).size).toBe(60);
    expect(numbers.slice(0, 4).every((number) => number.length === 1)).toBe(true);
    expect(Math.max(...numbers.map((number) => number.length))).toBe(3);
  });

  it('W3 are refused when all are taken', () => {
    const nameplates = open();
    for (let side = 0; side < maxNameplates; side++) nameplates.claim(String(100_000 + side), `side-${String(side)}`);
    expect(() => nameplates.allocate('one more')).toThrow('too-large');
    expect(() => nameplates.claim('99', 'one more')).toThrow('too-large');
  });

  it('W4 lead two sides to one mailbox, and refuse a third', () => {
    const nameplates = open();
    const number = nameplates.allocate('ana');
    const mailbox = nameplates.claim(number, 'ana');
    expect(nameplates.claim(number, 'rui')).toBe(mailbox);
    expect(() => nameplates.claim(number, 'eve')).toThrow('rate-limited');
    nameplates.release(number, 'rui');
    expect(() => nameplates.claim(number, 'eve')).toThrow('rate-limited');
    nameplates.release(number, 'ana');
    expect(nameplates.size).toBe(0);
  });

  it('W5 held for many give everybody a mailbox of their own, and tell the holder', () => {
    const nameplates = open();
    const knocks: string[] = [];
    const number = nameplates.allocate('ana', (mailbox) => knocks.push(mailbox));
    const given = ['rui', 'bia', 'eve'].map((side) => nameplates.claim(number, side));
    expect(new Set(given).size).toBe(3);
    expect(knocks).toEqual(given);
    expect(given).not.toContain(nameplates.claim(number, 'ana', () => undefined));
  });

  it('W5 keep who knocks while the holder is away, and tell it when it is back', () => {
    const nameplates = open();
    const number = nameplates.allocate('ana', () => expect.fail('told nobody'));
    nameplates.leave(number, 'ana');
    const given = nameplates.claim(number, 'rui');
    const knocks: string[] = [];
    nameplates.claim(number, 'ana', (mailbox) => knocks.push(mailbox));
    expect(knocks).toEqual([given]);
  });

  it('W5 cannot be taken over by a stranger who says that they hold for many', () => {
    const nameplates = open();
    const knocks: string[] = [];
    const many = nameplates.allocate('bia', (mailbox) => knocks.push(mailbox));
    nameplates.claim(many, 'eve', () => expect.fail('eve is no holder'));
    nameplates.claim(many, 'rui');
    expect(knocks).toHaveLength(2);
  });

  it('W5 tell a holder of whom came first, when the server had forgotten both', () => {
    const nameplates = open();
    const knocks: string[] = [];
    const given = nameplates.claim('7', 'rui');
    nameplates.claim('7', 'ana', (mailbox) => knocks.push(mailbox));
    expect(knocks).toEqual([given]);
    expect(nameplates.claim('7', 'bia')).toBe(knocks[1]);
  });

  it('W6 go when everybody has been away for long, and not before', () => {
    const clock = createFakeClock();
    const nameplates = open(clock);
    const number = nameplates.allocate('ana');
    nameplates.claim(number, 'rui');
    clock.advance(10 * absenceMs);
    nameplates.prune();
    expect(nameplates.size).toBe(1);
    nameplates.leave(number, 'ana');
    nameplates.leave(number, 'rui');
    clock.advance(absenceMs);
    nameplates.prune();
    expect(nameplates.size).toBe(1);
    clock.advance(1);
    nameplates.prune();
    expect(nameplates.size).toBe(0);
  });
});
