import { pieceCell } from '@enxame/shared/engine/piece-cells';
import { describe, expect, it } from 'vitest';
import { groupCells, layOut } from './piece-grid.js';

const { missing, moving, verified, partly } = pieceCell;

describe('cells that are told together', () => {
  it('stay as they are while they are few', () => {
    expect(groupCells(Uint8Array.of(verified, moving, missing, partly))).toEqual([verified, moving, missing, partly]);
    expect(groupCells(new Uint8Array())).toEqual([]);
  });
  it('are verified only when all of them are, and coming when one is', () => {
    const map = Uint8Array.of(verified, verified, verified, missing, moving, verified, missing, missing, partly);
    expect(groupCells(map, 5)).toEqual([verified, partly, moving, missing, partly]);
  });
  it('are never more than can be seen, whatever the number', () => {
    for (const length of [1, 479, 480, 481, 961, 4096]) {
      const cells = groupCells(new Uint8Array(length));
      expect(cells.length).toBeLessThanOrEqual(480);
      expect(cells.length).toBeGreaterThan(Math.min(length, 240) - 1);
    }
  });
});

describe('the honeycomb', () => {
  it('stays within its width, and its rows stand apart', () => {
    for (const [count, width] of [
      [480, 294],
      [480, 388],
      [7, 294],
      [1, 20],
    ] as const) {
      const { points, radius, height } = layOut(count, width);
      expect(points).toHaveLength(count);
      for (const { x, y } of points) {
        expect(x - radius).toBeGreaterThanOrEqual(0);
        expect(x + radius).toBeLessThanOrEqual(width);
        expect(y + radius).toBeLessThanOrEqual(height);
      }
    }
    expect(layOut(0, 294)).toMatchObject({ height: 0, points: [] });
  });
  it('lets no two cells touch', () => {
    const { points, radius } = layOut(60, 200);
    const apart = points.flatMap((a, index) => points.slice(index + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y)));
    // flat sides face each other: twice the inner radius
    expect(Math.min(...apart)).toBeGreaterThan(radius * Math.sqrt(3));
  });
});
