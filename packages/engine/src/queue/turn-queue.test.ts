import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predictStartMs } from './predict-start.js';
import {
  createTurnQueue,
  keepPlaceMs,
  lateMs,
  maxPlacesPerPerson,
  turnBytes,
  turnIdleMs,
  turnMs,
  type QueueAnswer,
  type TurnRequest,
} from './turn-queue.js';

function create(slots = 1, slotsOf = Infinity) {
  let now = 0;
  const limits = { slots, slotsOf };
  const queue = createTurnQueue({ now: () => now, slots: () => limits.slots, slotsOf: () => limits.slotsOf });
  const ask = (person: string, item = 'file'): QueueAnswer =>
    queue.ask({ key: `${person} ${item}`, person, bytesLeft: 1e12 }) ?? expect.fail('too many wait');
  const start = (person: string, item?: string): TurnRequest => {
    const answer = ask(person, item);
    return 'turn' in answer ? answer.turn : expect.fail(`place ${String(answer.place.position)}`);
  };
  const position = (person: string, item?: string): number => {
    const answer = ask(person, item);
    return 'turn' in answer ? 0 : answer.place.position;
  };
  return { queue, limits, ask, start, position, move: (ms: number) => (now += ms) };
}

describe('P30: turns', () => {
  it('who finds a slot goes on, request after request, while nobody waits', () => {
    const { start, move } = create();
    for (let index = 0; index < 10; index++) {
      const turn = start('ana');
      turn.sent(turnBytes);
      move(turnMs);
      expect(turn.isOver).toBe(false);
      turn.end();
      turn.end();
    }
  });

  it('is bounded while others wait, and goes round', () => {
    const { start, position, move } = create();
    const ana = start('ana');
    expect([position('rui'), position('eva'), position('rui')]).toEqual([1, 2, 1]);
    ana.sent(turnBytes);
    expect(ana.isOver).toBe(true);
    ana.end();
    expect(position('ana')).toBe(3);
    const rui = start('rui');
    expect(position('eva')).toBe(1);
    move(turnMs);
    position('eva');
    expect(rui.isOver).toBe(true);
    rui.end();
    expect(position('rui')).toBeGreaterThan(0);
    expect(position('ana')).toBeGreaterThan(0);
    start('eva').end();
  });

  it('a slot is kept between two requests, for a moment', () => {
    const { start, position, move } = create();
    start('ana').end();
    expect(position('rui')).toBe(1);
    start('ana').end();
    move(turnIdleMs + 1);
    expect(position('rui')).toBe(0);
  });

  it('a turn that gave all of a content ends with it', () => {
    const { queue, position } = create();
    const answer = queue.ask({ key: 'ana', person: 'ana', bytesLeft: 100 });
    if (!answer || !('turn' in answer)) throw new Error('no turn');
    expect(position('rui')).toBe(1);
    answer.turn.sent(100);
    answer.turn.end();
    expect(position('rui')).toBe(0);
  });

  it('many files and many devices of one person count as one person', () => {
    const { start, position } = create(1);
    const first = start('eva');
    for (let index = 0; index < 50; index++) position('ana', String(index));
    expect(position('rui')).toBe(2);
    expect(position('ana', '0')).toBe(1);
    expect(position('ana', '1')).toBe(3);
    first.end();
  });

  it('two requests of one device for one content are one turn', () => {
    const { start, position } = create(1);
    const [one, two] = [start('ana'), start('ana')];
    one.end();
    expect(position('rui')).toBe(1);
    two.end();
    expect(position('rui')).toBe(1);
  });

  it('a person with a turn comes after those who have none', () => {
    const { start, position } = create(2);
    const [one, two] = [start('ana', '1'), start('rui')];
    expect(position('ana', '2')).toBe(1);
    expect(position('eva')).toBe(1);
    expect(position('ana', '2')).toBe(2);
    one.end();
    two.end();
  });
});

describe('P31: places', () => {
  it('are kept by asking again in time, passed over when late, and gone at last', () => {
    const { start, position, ask, move, queue } = create();
    const ana = start('ana');
    const answer = ask('rui');
    const retryMs = 'place' in answer ? answer.place.retryAfterMs : 0;
    expect(position('eva')).toBe(2);
    move(retryMs + lateMs + 1);
    expect(position('eva')).toBe(1);
    expect(queue.place('rui file')).toBeUndefined();
    expect([position('rui'), position('eva')]).toEqual([1, 2]);
    move(retryMs + keepPlaceMs + 1);
    position('eva');
    expect(position('rui')).toBe(2);
    ana.end();
  });

  it('are refused beyond what one person can use', () => {
    const { start, queue } = create();
    const first = start('eva');
    const asked = Array.from({ length: maxPlacesPerPerson + 1 }, (_, index) =>
      queue.ask({ key: String(index), person: 'ana', bytesLeft: 1 }),
    );
    expect(asked.filter((answer) => answer === undefined)).toHaveLength(1);
    first.end();
  });

  it('say when they start, from what was measured', () => {
    const { start, ask, move } = create();
    const ana = start('ana');
    move(1000);
    ana.sent(turnBytes / 4); // three more seconds at this speed
    const [rui, eva] = [ask('rui'), ask('eva')];
    expect(rui).toMatchObject({ place: { position: 1, startsInMs: 3000, retryAfterMs: 500 } });
    expect(eva).toMatchObject({ place: { position: 2, startsInMs: 3000 + turnMs, retryAfterMs: 1000 } });
    expect(predictStartMs(1, 0, [], turnMs)).toBeNull();
    expect(predictStartMs(3, 1, [5000, 2000], turnMs)).toBe(5000);
  });

  it('a limit of a person does not hold up the others', () => {
    const { start, position, limits } = create(3, 1);
    const ana = start('ana', '1');
    expect(position('ana', '2')).toBe(1);
    expect(position('rui')).toBe(0);
    limits.slots = 1;
    expect(position('eva')).toBeGreaterThan(0);
    ana.end();
  });
});

/** People who want so many bytes of so many things, asking when they were told to; the slots move bytes all the time. */
function simulate(slots: number, wants: readonly (readonly [person: string, items: number])[], seconds: number) {
  const { ask, move } = create(slots);
  const served = new Map(wants.map(([person]) => [person, 0]));
  const firstAt = new Map<string, number>();
  const askers = wants.flatMap(([person, items]) =>
    Array.from({ length: items }, (_, index) => ({
      person,
      item: String(index),
      askAt: 0,
      busyUntil: -1,
      turn: undefined as TurnRequest | undefined,
    })),
  );
  const stepMs = 50;
  for (let now = 0; now < seconds * 1000; now += stepMs) {
    for (const each of askers) {
      if (each.turn) {
        each.turn.sent(turnBytes / 200); // a tenth of the turn's bytes in a second
        served.set(each.person, (served.get(each.person) ?? 0) + 1);
        if (now < each.busyUntil) continue;
        each.turn.end();
        each.turn = undefined;
      }
      if (now < each.askAt) continue;
      const answer = ask(each.person, each.item);
      if ('turn' in answer) {
        if (!firstAt.has(each.person)) firstAt.set(each.person, now);
        each.turn = answer.turn;
        each.busyUntil = now + 1000;
      } else each.askAt = now + answer.place.retryAfterMs;
    }
    move(stepMs);
  }
  return { served, firstAt };
}

describe('P30: fairness', () => {
  it('nobody starves, and people get the same, however much they ask for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 5 }),
        (slots, items) => {
          fc.pre(items.length > slots);
          const wants = items.map((count, index) => [`p${String(index)}`, count] as const);
          const { served, firstAt } = simulate(slots, wants, 400);
          const shares = [...served.values()];
          expect(firstAt.size).toBe(items.length);
          expect(Math.max(...firstAt.values())).toBeLessThanOrEqual((turnMs + 6000) * items.length);
          expect(Math.min(...shares) / Math.max(...shares)).toBeGreaterThan(0.6);
          // And the slots were busy: those who wait come in time.
          expect(shares.reduce((sum, steps) => sum + steps, 0)).toBeGreaterThan(slots * 400 * 20 * 0.85);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('places only come nearer while nobody leaves the line before a turn ends', () => {
    const { ask, start, move } = create(1);
    const first = start('zoe');
    const people = ['a', 'b', 'c', 'd'];
    const positions = (): number[] =>
      people.map((person) => {
        const answer = ask(person);
        return 'place' in answer ? answer.place.position : 0;
      });
    let before = (positions(), positions());
    for (let step = 0; step < 20; step++) {
      move(200);
      const after = positions();
      for (const [index, place] of after.entries()) expect(place).toBeLessThanOrEqual(before[index] ?? 0);
      before = after;
    }
    expect(before).toEqual([1, 2, 3, 4]);
    first.end();
  });
});
