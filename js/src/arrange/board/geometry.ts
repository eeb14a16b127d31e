import {
  calcGridItemPosition,
  calcWHRaw,
  calcXYRaw,
  type Position,
  type PositionParams,
} from "react-grid-layout/core";
import { COLUMNS } from "./moves";
import type { Box } from "../state";

const ROW = 80;
const GAP = 16;
/** A board this wide is drawn as large as PostHog draws it; in less room rows shrink with columns. */
const FULL = 1_800;
const LEAST = 0.64;

/** Pixels of a grid of a width, after PostHog's rows of 80 and gaps of 16. */
export function gridOf(width: number): PositionParams {
  const scale = Math.min(1, Math.max(LEAST, width / FULL));
  const gap = Math.round(GAP * Math.max(scale, 0.75));
  return {
    margin: [gap, gap],
    containerPadding: [0, 0],
    containerWidth: width,
    cols: COLUMNS,
    rowHeight: Math.round(ROW * scale),
    maxRows: Infinity,
  };
}

export function pixels(grid: PositionParams, { x, y, w, h }: Box): Position {
  return calcGridItemPosition(grid, x, y, w, h);
}

/** The cell under a corner, off the grid too. */
export function cellAt(grid: PositionParams, left: number, top: number): { x: number; y: number } {
  return calcXYRaw(grid, top, left);
}

export function sizeOf(grid: PositionParams, width: number, height: number): { w: number; h: number } {
  return calcWHRaw(grid, width, height);
}

export function heightOf(grid: PositionParams, boxes: Iterable<Box>): number {
  const rows = Math.max(2, ...[...boxes].map(({ y, h }) => y + h));
  return rows * (grid.rowHeight + grid.margin[1]) - grid.margin[1];
}
