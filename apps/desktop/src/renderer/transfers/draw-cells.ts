import { pieceCell } from '@enxame/shared/engine/piece-cells';
import { layOut, type Cell, type Grid } from './piece-grid.js';

export interface CellInk {
  readonly fill: string;
  readonly edge: string;
  readonly missing: string;
}

/** Draws all cells: one path for each state, so that hundreds cost as little as a few. */
export function drawCells(canvas: HTMLCanvasElement, cells: readonly Cell[], grid: Grid, ink: CellInk): void {
  const context = sizeTo(canvas, grid.width, grid.height);
  if (!context) return;
  const { radius, points } = grid;
  const path = (state: Cell, scale: number): Path2D => {
    const drawn = new Path2D();
    for (const [index, cell] of cells.entries()) {
      const point = points[index];
      if (cell === state && point) addHexagon(drawn, point.x, point.y, radius * scale);
    }
    return drawn;
  };
  // The state is told by the shape first: full, ring with a core, core alone, empty.
  context.lineWidth = 1;
  context.fillStyle = ink.fill;
  context.strokeStyle = ink.edge;
  const verified = path(pieceCell.verified, 0.94);
  context.fill(verified);
  context.stroke(verified);
  context.strokeStyle = ink.missing;
  context.stroke(path(pieceCell.missing, 0.94));
  context.stroke(path(pieceCell.partly, 0.94));
  context.fill(path(pieceCell.partly, 0.45));
  context.strokeStyle = ink.edge;
  context.lineWidth = 1.6;
  context.stroke(path(pieceCell.moving, 0.88));
  context.fillStyle = ink.edge;
  context.fill(path(pieceCell.moving, 0.42));
}

/** One cell alone, for the legend. */
export function drawKey(canvas: HTMLCanvasElement, cell: Cell, ink: CellInk): void {
  drawCells(canvas, [cell], layOut(1, 14), ink);
}

/** Sharp on every screen: as many dots as the device has. */
function sizeTo(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${String(width)}px`;
  canvas.style.height = `${String(height)}px`;
  const context = canvas.getContext('2d');
  context?.scale(ratio, ratio);
  return context;
}

function addHexagon(path: Path2D, x: number, y: number, radius: number): void {
  for (let corner = 0; corner < 6; corner++) {
    const angle = (Math.PI / 3) * corner - Math.PI / 2;
    const [atX, atY] = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    if (corner === 0) path.moveTo(atX, atY);
    else path.lineTo(atX, atY);
  }
  path.closePath();
}
