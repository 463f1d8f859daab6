import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Carrier } from './carrier.js';

export interface CarrierPair {
  readonly left: Carrier;
  readonly right: Carrier;
  dispose(): void | Promise<void>;
}

export interface CarrierSetup<Pair extends CarrierPair> {
  /** The carriers are made in the turn in which it settles. */
  readonly createPair: () => Pair | Promise<Pair>;
  /** Puts on the wire, towards `right`, what no carrier would send. Left out where the wire can hold nothing but frames. */
  readonly sendGarbageToRight?: (pair: Pair) => void;
  /** Ends the wire under both carriers, as a dying process would. Left out where nothing can. */
  readonly cut?: (pair: Pair) => void;
}

/** What every carrier must do, over whatever wire. */
export function describeCarrierContract<Pair extends CarrierPair>(name: string, setup: CarrierSetup<Pair>): void {
  describe(`carrier contract: ${name}`, () => {
    let pair: Pair;
    beforeEach(async () => {
      pair = await setup.createPair();
    });
    afterEach(async () => {
      pair.left.close();
      pair.right.close();
      await pair.dispose();
    });

    it('brings frames to the other end, whole and in order', async () => {
      const sent = Array.from({ length: 500 }, (_, index) => ({ index, text: 'relação 🐝', list: [null, [index]] }));
      const arrived = collectFrames(pair.right, sent.length);
      for (const frame of sent) pair.left.send(frame);
      expect(await arrived).toEqual(sent);
    });

    it('brings frames both ways at once', async () => {
      const onRight = collectFrames(pair.right, 50);
      const onLeft = collectFrames(pair.left, 50);
      for (let index = 0; index < 50; index++) {
        pair.left.send({ from: 'left', index });
        pair.right.send({ from: 'right', index });
      }
      expect((await onRight).every((frame) => (frame as { from: string }).from === 'left')).toBe(true);
      expect((await onLeft).every((frame) => (frame as { from: string }).from === 'right')).toBe(true);
    });

    it('never delivers in the turn that sends', async () => {
      let delivered = false;
      const arrived = new Promise<void>((resolve) => {
        pair.right.onFrame(() => {
          delivered = true;
          resolve();
        });
      });
      pair.left.send({});
      expect(delivered).toBe(false);
      await arrived;
    });

    it('gives the other end a copy that went through JSON', async () => {
      const [arrived] = collectEach(pair.right, 1);
      const frame = { gone: undefined, error: { toJSON: () => ({ code: 'internal' }) }, at: new Date(0), list: [1] };
      pair.left.send(frame);
      frame.list.push(2);
      expect(await arrived).toStrictEqual({ error: { code: 'internal' }, at: '1970-01-01T00:00:00.000Z', list: [1] });
    });

    it('refuses to send what JSON cannot hold, and stays usable', async () => {
      const circular: Record<string, unknown> = {};
      circular['self'] = circular;
      expect(() => {
        pair.left.send(circular);
      }).toThrow(TypeError);
      expect(() => {
        pair.left.send(undefined);
      }).toThrow(TypeError);
      const [arrived] = collectEach(pair.right, 1);
      pair.left.send('still here');
      expect(await arrived).toBe('still here');
    });

    it('tells every frame to every listener', async () => {
      const [first] = collectEach(pair.right, 1);
      const [second] = collectEach(pair.right, 1);
      pair.left.send({ a: 1 });
      expect(await Promise.all([first, second])).toEqual([{ a: 1 }, { a: 1 }]);
    });

    it('tells both ends of a close, each once, the closing end at once', async () => {
      const closes: string[] = [];
      pair.left.onClose(() => closes.push('left'));
      pair.right.onClose(() => closes.push('right'));
      const remoteClosed = closed(pair.right);
      pair.left.close();
      expect(closes).toEqual(['left']);
      await remoteClosed;
      pair.left.close();
      pair.right.close();
      await nextTurn();
      expect(closes).toEqual(['left', 'right']);
    });

    it('tells a listener that comes after the close', async () => {
      const remoteClosed = closed(pair.right);
      pair.left.close();
      await remoteClosed;
      await Promise.all([closed(pair.left), closed(pair.right)]);
    });

    it('brings what was sent before a close, then the close', async () => {
      const seen: unknown[] = [];
      pair.right.onFrame((frame) => seen.push(frame));
      const remoteClosed = closed(pair.right);
      for (let index = 0; index < 20; index++) pair.left.send(index);
      pair.left.close();
      await remoteClosed;
      expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => index));
    });

    it('delivers nothing after its own close', async () => {
      const seen: unknown[] = [];
      pair.left.onFrame((frame) => seen.push(frame));
      const remoteClosed = closed(pair.right);
      pair.right.send('too late');
      pair.left.close();
      await remoteClosed;
      await nextTurn();
      expect(seen).toEqual([]);
    });

    it('ignores what is sent after the close, at either end', async () => {
      const seen: unknown[] = [];
      pair.right.onFrame((frame) => seen.push(frame));
      const remoteClosed = closed(pair.right);
      pair.left.close();
      pair.left.send('ignored');
      await remoteClosed;
      pair.right.send('ignored');
      await nextTurn();
      expect(seen).toEqual([]);
    });

    const { sendGarbageToRight, cut } = setup;
    if (sendGarbageToRight) {
      it('closes both ends when garbage arrives, and delivers none of it', async () => {
        const seen: unknown[] = [];
        pair.right.onFrame((frame) => seen.push(frame));
        const bothClosed = Promise.all([closed(pair.left), closed(pair.right)]);
        sendGarbageToRight(pair);
        await bothClosed;
        expect(seen).toEqual([]);
      });
    }
    if (cut) {
      it('tells both ends when the wire is cut', async () => {
        const bothClosed = Promise.all([closed(pair.left), closed(pair.right)]);
        cut(pair);
        await bothClosed;
        pair.left.send('ignored');
      });
    }
  });
}

function closed(carrier: Carrier): Promise<void> {
  return new Promise((resolve) => {
    carrier.onClose(resolve);
  });
}

async function collectFrames(carrier: Carrier, count: number): Promise<unknown[]> {
  return Promise.all(collectEach(carrier, count));
}

/** One promise for each of the next `count` frames. The listener is in place when this returns. */
function collectEach(carrier: Carrier, count: number): Promise<unknown>[] {
  const resolvers: ((frame: unknown) => void)[] = [];
  const frames = Array.from({ length: count }, () => new Promise<unknown>((resolve) => resolvers.push(resolve)));
  carrier.onFrame((frame) => resolvers.shift()?.(frame));
  return frames;
}

/** A full turn of the event loop: whatever was wrongly put on its way has been delivered after it. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}
