import fc from 'fast-check';
import { createFullBits, createPieceBits, setPiece, type PieceBits } from '@enxame/shared/peer/have';
import { describe, expect, it } from 'vitest';
import { createPieceBoard, type Holder } from './piece-board.js';
import { createPieceMap } from './piece-map.js';

const piece = 256 * 1024;

function create(count: number, options: { random?: () => number; inOrder?: boolean } = {}) {
  const pieces = createPieceMap(count * piece);
  const board = createPieceBoard({ pieces, random: () => 0, ...options });
  const join = (held: PieceBits | 'all', given?: PieceBits): Holder => {
    const holder = board.join();
    holder.setHeld(held, given);
    return holder;
  };
  /** The run comes, piece by piece, and is verified. */
  const bring = (holder: Holder, first: number, length: number): void => {
    for (let index = first; index < first + length; index++) {
      if (index > first) holder.goOn(index);
      holder.settle(index, true);
      pieces.markVerified(index);
    }
  };
  return { board, pieces, join, bring };
}

const bits = (count: number, ...indexes: readonly number[]): PieceBits => {
  const held = createPieceBits(count);
  for (const index of indexes) setPiece(held, index);
  return held;
};

describe('P19: which pieces are asked of whom', () => {
  it('a lone source is asked for one run after the other', () => {
    const { join, bring } = create(10);
    const only = join('all');
    expect(only.pick(4, false)).toEqual({ first: 0, count: 4 });
    bring(only, 0, 4);
    expect(only.pick(4, false)).toEqual({ first: 4, count: 4 });
    bring(only, 4, 4);
    expect(only.pick(4, false)).toEqual({ first: 8, count: 2 });
    expect(only.pick(4, false)).toBeUndefined();
  });

  it('begins where chance says, when all are as rare', () => {
    const { join } = create(10, { random: () => 0.55 });
    expect(join('all').pick(2, false)).toEqual({ first: 5, count: 2 });
  });

  it('the rarest piece comes first, or the first one when it is asked in order', () => {
    const parts = [bits(6, 0, 1, 2, 3), bits(6, 0, 1, 2, 3, 5), bits(6, 0, 1, 2, 3, 5), bits(6, 0, 1, 2, 3)];
    const rarest = create(6);
    for (const part of parts) rarest.join(part);
    expect(rarest.join('all').pick(1, false)).toEqual({ first: 4, count: 1 });
    const inOrder = create(6, { inOrder: true });
    for (const part of parts) inOrder.join(part);
    expect(inOrder.join('all').pick(3, false)).toEqual({ first: 0, count: 3 });
  });

  it('nobody is asked for what it lacks, or what another is asked for', () => {
    const { join } = create(8);
    const one = join(bits(8, 0, 1, 2));
    const other = join(bits(8, 1, 2, 3, 7));
    expect(one.pick(8, false)).toEqual({ first: 0, count: 3 });
    expect(other.pick(8, false)).toEqual({ first: 3, count: 1 });
    expect(other.pick(8, false)).toEqual({ first: 7, count: 1 });
    expect(other.pick(8, false)).toBeUndefined();
    one.leave();
    expect(other.pick(8, false)).toEqual({ first: 1, count: 2 });
  });

  it('P13: a wrong piece is asked of another first, and of the same when there is no other', () => {
    const { join } = create(1);
    const liar = join('all');
    liar.pick(1, false);
    liar.settle(0, false);
    const other = join('all');
    expect(liar.pick(1, false)).toBeUndefined();
    other.leave();
    expect(liar.pick(1, false)).toEqual({ first: 0, count: 1 });
  });

  it('a piece that is being written is nobody’s to ask', () => {
    const { join } = create(2);
    const one = join('all');
    one.pick(2, false);
    one.goOn(1);
    one.release();
    expect(join('all').pick(2, false)).toEqual({ first: 1, count: 1 });
  });
});

describe('P21: taking over', () => {
  it('what was not begun is the other’s no longer; what was begun is asked twice, and the first copy counts', () => {
    const { join, bring } = create(4);
    const slow = join('all');
    const fast = join('all');
    slow.pick(4, false);
    fast.takeOver({ first: 2, count: 2 });
    expect([slow.askedCount, fast.askedCount]).toEqual([2, 2]);
    bring(fast, 2, 2);
    fast.takeOver({ first: 0, count: 1 });
    expect(slow.isAsked(0)).toBe(true);
    bring(fast, 0, 1);
    expect(slow.isAsked(0)).toBe(false);
    expect(slow.goOn(1)).toBe(true);
    slow.settle(1, true);
    expect(slow.goOn(2)).toBe(false);
  });

  it('who took over and left gives it back: the request goes on', () => {
    const { join } = create(4);
    const slow = join('all');
    const fast = join('all');
    slow.pick(4, false);
    fast.takeOver({ first: 1, count: 3 });
    fast.leave();
    expect(slow.goOn(1)).toBe(true);
  });
});

describe('P22: what a source gave to nobody', () => {
  it('is asked first, or alone', () => {
    const { join } = create(6);
    const sender = join('all', bits(6, 0, 1, 2, 4));
    expect(sender.canPick(true)).toBe(true);
    expect(sender.pick(6, true)).toEqual({ first: 3, count: 1 });
    expect(sender.pick(6, true)).toEqual({ first: 5, count: 1 });
    expect([sender.canPick(true), sender.canPick(false)]).toEqual([false, true]);
    expect(sender.pick(6, true)).toBeUndefined();
    expect(sender.pick(6, false)).toEqual({ first: 0, count: 3 });
  });

  it('ten receivers that ask in turn take ten different parts', () => {
    const given = createPieceBits(100);
    const taken = Array.from({ length: 10 }, (_, turn) => {
      const { join } = create(100, { random: () => (turn * 0.37) % 1 });
      const run = join('all', Uint8Array.from(given)).pick(10, true) ?? expect.fail('nothing to ask');
      for (let index = run.first; index < run.first + run.count; index++) setPiece(given, index);
      return run.count;
    });
    const bitsGiven = [...given].reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
    expect(bitsGiven).toBe(taken.reduce((sum, count) => sum + count, 0));
  });
});

describe('whatever sources come, go, fail and lie', () => {
  it('every piece is asked until it is verified, and never after', () => {
    const steps = fc.array(fc.record({ who: fc.nat(4), what: fc.nat(6), size: fc.nat(5) }), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), steps, (count, script) => {
        const { board, pieces, join } = create(count);
        const runs = new Map<number, { holder: Holder; next: number; end: number }>();
        for (const { who, what, size } of script) {
          const run = runs.get(who);
          if (!run) {
            const holder = join(what < 4 ? 'all' : createFullBits(count));
            const picked = holder.pick(size + 1, false);
            if (!picked) {
              holder.leave();
              continue;
            }
            for (let index = picked.first; index < picked.first + picked.count; index++)
              expect([pieces.isVerified(index), board.askedOf(index).length]).toEqual([false, 1]);
            runs.set(who, { holder, next: picked.first, end: picked.first + picked.count });
          } else if (what === 6) {
            run.holder.leave();
            runs.delete(who);
          } else {
            const isGood = what > 0;
            run.holder.settle(run.next, isGood);
            if (isGood) pieces.markVerified(run.next);
            run.next++;
            if (run.next < run.end && run.holder.goOn(run.next)) continue;
            run.holder.leave();
            runs.delete(who);
          }
        }
        for (const { holder } of runs.values()) holder.leave();
        const honest = join('all');
        const left = [];
        for (let run = honest.pick(3, false); run; run = honest.pick(3, false)) left.push(run.count);
        expect(left.reduce((sum, length) => sum + length, 0)).toBe(count - pieces.verifiedCount);
      }),
    );
  });
});
