import { pieceCell } from '@enxame/shared/engine/piece-cells';

/** More are no longer told apart; fewer say little of a large file. */
const maxCells = 480;

export type Cell = (typeof pieceCell)[keyof typeof pieceCell];

/** The cells of a picture as few enough to be seen: neighbours share one, by what they say together. */
export function groupCells(map: Uint8Array, most = maxCells): Cell[] {
  const size = Math.max(1, Math.ceil(map.length / most));
  return Array.from({ length: Math.ceil(map.length / size) }, (_, index) =>
    together(map.subarray(index * size, (index + 1) * size)),
  );
}

function together(cells: Uint8Array): Cell {
  if (cells.includes(pieceCell.moving)) return pieceCell.moving;
  if (cells.every((cell) => cell === pieceCell.verified)) return pieceCell.verified;
  return cells.every((cell) => cell === pieceCell.missing) ? pieceCell.missing : pieceCell.partly;
}

export interface Grid {
  /** From the centre to a corner. */
  readonly radius: number;
  readonly width: number;
  readonly height: number;
  /** The centres. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** Between hexagons, as a part of their width. */
const gap = 0.14;
const idealWidth = 11.3;

/** Hexagons in rows, every second row half a place to the right, as wide as there is room. */
export function layOut(count: number, width: number): Grid {
  const columns = Math.max(1, Math.min(count, Math.floor(width / idealWidth - 0.5)));
  const pitch = Math.min(16, width / (columns + 0.5));
  const radius = (pitch * (1 - gap)) / Math.sqrt(3);
  const rowHeight = (pitch * Math.sqrt(3)) / 2;
  const points = Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const shift = row % 2 === 0 ? 0 : pitch / 2;
    return { x: pitch / 2 + (index % columns) * pitch + shift, y: radius + 1 + row * rowHeight };
  });
  const last = points.at(-1);
  return { radius, width, height: last === undefined ? 0 : Math.ceil(last.y + radius + 1), points };
}
