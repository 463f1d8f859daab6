export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const defaultSize = { width: 1180, height: 760 } as const;
export const smallestSize = { width: 900, height: 560 } as const;

/** As much of the upper edge must be on a display that a hand can take hold of it. */
const grip = { width: 120, height: 24 } as const;

/**
 * Where a window goes that was at `saved`, on the displays that there are now. Undefined: in the middle, for the display
 * that it was on is gone. It is never larger than the display, and never with its upper edge out of reach.
 */
export function fitBounds(saved: Bounds, workAreas: readonly Bounds[]): Bounds | undefined {
  const edge = { x: saved.x, y: saved.y, width: saved.width, height: grip.height };
  const [area] = workAreas
    .filter((candidate) => isReachable(edge, candidate))
    .toSorted((a, b) => overlap(saved, b) - overlap(saved, a));
  if (!area) return undefined;
  const width = Math.min(saved.width, area.width);
  const height = Math.min(saved.height, area.height);
  return {
    x: saved.width > area.width ? area.x : saved.x,
    y: Math.min(saved.y, Math.max(area.y, area.y + area.height - grip.height)),
    width,
    height,
  };
}

function isReachable(edge: Bounds, area: Bounds): boolean {
  const { width, height } = intersection(edge, area);
  return width >= Math.min(grip.width, area.width) && height >= grip.height / 2 && edge.y >= area.y;
}

function overlap(a: Bounds, b: Bounds): number {
  const { width, height } = intersection(a, b);
  return width * height;
}

function intersection(a: Bounds, b: Bounds): { width: number; height: number } {
  return {
    width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)),
    height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)),
  };
}
