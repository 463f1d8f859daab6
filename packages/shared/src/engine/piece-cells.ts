import { z } from 'zod';

/** More cells than this no picture shows. */
export const maxPieceCells = 4096;

/** What a cell of the picture of a content says of its pieces. */
export const pieceCell = {
  missing: 0,
  /** At least one of them is coming now. */
  moving: 1,
  /** All of them are verified and on disk. */
  verified: 2,
  /** Some of them are. */
  partly: 3,
} as const;

export const pieceCellsSchema = z.object({
  pieceCount: z.int().min(0),
  /** One byte a cell, base64. Each cell stands for ceil(pieceCount / maxPieceCells) pieces, the last for what is left. */
  map: z.base64().max(Math.ceil(maxPieceCells / 3) * 4),
});
export type PieceCells = z.infer<typeof pieceCellsSchema>;
