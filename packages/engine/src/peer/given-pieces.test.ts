import { hasPiece } from '@enxame/shared/peer/have';
import type { ContentId } from '@enxame/shared/ids';
import { describe, expect, it } from 'vitest';
import { createGivenPieces } from './given-pieces.js';

const piece = 256 * 1024;
const contentId = 'a'.repeat(52) as ContentId;

describe('P16: what was given', () => {
  it('is told while it is being sent, and only what really was sent afterwards', () => {
    const given = createGivenPieces();
    const content = given.of(contentId, 10 * piece);
    const giving = content.begin({ start: 2 * piece, end: 6 * piece });
    const told = (): number[] => {
      const { bits } = given.of(contentId, 10 * piece);
      return Array.from({ length: 10 }, (_, index) => index).filter((index) => hasPiece(bits, index));
    };
    expect(told()).toEqual([2, 3, 4, 5]);
    giving.end(2 * piece + 5);
    expect(told()).toEqual([2, 3]);
  });

  it('begins anew when everything was given', () => {
    const given = createGivenPieces();
    const content = given.of(contentId, 3 * piece - 1);
    content.begin({ start: 0, end: 3 * piece - 1 }).end(3 * piece - 1);
    expect([...content.bits]).toEqual([0]);
  });

  it('is forgotten of contents that nobody asked for lately: memory has an end', () => {
    const given = createGivenPieces();
    const first = given.of(contentId, 2 ** 44);
    first.begin({ start: 0, end: 1 }).end(1);
    for (let index = 0; index < 40; index++) {
      given.of(`${'b'.repeat(50)}${String(index).padStart(2, '0')}` as ContentId, 2 ** 44);
    }
    expect(given.of(contentId, 2 ** 44).bits[0]).toBe(0);
  });
});
