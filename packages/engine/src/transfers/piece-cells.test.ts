import { maxPieceCells, pieceCell } from '@enxame/shared/engine/piece-cells';
import { describe, expect, it } from 'vitest';
import { toPieceCells, toStoppedCells } from './piece-cells.js';
import { createPieceMap } from './piece-map.js';

const cellsOf = ({ map }: { map: string }): number[] => [...Buffer.from(map, 'base64')];

describe('the picture of the pieces', () => {
  it('has a cell for each piece of most contents', () => {
    const pieces = createPieceMap(4 * 256 * 1024);
    pieces.markVerified(1);
    const cells = toPieceCells(pieces, [2]);
    expect(cells.pieceCount).toBe(4);
    expect(cellsOf(cells)).toEqual([pieceCell.missing, pieceCell.verified, pieceCell.moving, pieceCell.missing]);
  });

  it('gathers the pieces of a large one, and says what is partly here', () => {
    const pieces = createPieceMap(2 ** 44);
    for (let index = 0; index < 256; index++) pieces.markVerified(index);
    pieces.markVerified(300);
    const cells = cellsOf(toPieceCells(pieces, [1000]));
    expect(cells).toHaveLength(maxPieceCells);
    expect(cells.slice(0, 5)).toEqual([pieceCell.verified, pieceCell.partly, 0, pieceCell.moving, 0]);
  });

  it('of what is not being fetched says all or nothing; of no bytes, nothing', () => {
    expect(cellsOf(toStoppedCells(3, true))).toEqual([2, 2, 2]);
    expect(cellsOf(toStoppedCells(3, false))).toEqual([0, 0, 0]);
    expect(toStoppedCells(0, true)).toEqual({ pieceCount: 0, map: '' });
  });
});
