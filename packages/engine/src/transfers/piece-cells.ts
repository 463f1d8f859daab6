import type { PieceMap } from './piece-map.js';
import { maxPieceCells, pieceCell, type PieceCells } from '@enxame/shared/engine/piece-cells';

/** Each cell stands for one piece, or for as many as it takes to stay below the limit; the last for what is left. */
export function toPieceCells(pieces: PieceMap, moving: readonly number[]): PieceCells {
  const perCell = Math.max(1, Math.ceil(pieces.count / maxPieceCells));
  const cells = Buffer.alloc(Math.ceil(pieces.count / perCell), pieceCell.missing);
  const verifiedIn = new Uint32Array(cells.length);
  for (let index = 0; index < pieces.count; index++) {
    const cell = Math.floor(index / perCell);
    if (pieces.isVerified(index)) verifiedIn[cell] = (verifiedIn[cell] ?? 0) + 1;
  }
  for (const [cell, verified] of verifiedIn.entries()) {
    const length = Math.min(perCell, pieces.count - cell * perCell);
    if (verified === length) cells[cell] = pieceCell.verified;
    else if (verified > 0) cells[cell] = pieceCell.partly;
  }
  for (const index of moving) {
    const cell = Math.floor(index / perCell);
    if (cells[cell] !== pieceCell.verified) cells[cell] = pieceCell.moving;
  }
  return { pieceCount: pieces.count, map: cells.toString('base64') };
}

/** Of a content that is not being fetched: which pieces a part file holds is only known when it is hashed again. */
export function toStoppedCells(pieceCount: number, isVerified: boolean): PieceCells {
  const cells = Math.ceil(pieceCount / Math.max(1, Math.ceil(pieceCount / maxPieceCells)));
  return {
    pieceCount,
    map: Buffer.alloc(cells, isVerified ? pieceCell.verified : pieceCell.missing).toString('base64'),
  };
}
