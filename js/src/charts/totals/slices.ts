/** A sector of a circle around 0,0 with radius 1. */
interface Slice {
  /** Which of the values it shows. */
  index: number;
  share: number;
  path: string;
}

/** Sectors from the top, clockwise; what is missing, zero or negative has none. */
export function slicesOf(values: readonly (number | null)[]): Slice[] {
  const sum = values.reduce<number>((total, value) => total + Math.max(0, value ?? 0), 0);
  let turned = 0;
  return values.flatMap((value, index) => {
    if (value === null || value <= 0) return [];
    const share = value / sum;
    const path = sector(turned, turned + share);
    turned += share;
    return [{ index, share, path }];
  });
}

function sector(from: number, to: number): string {
  // An arc that ends where it began is none: a full circle is two halves.
  if (to - from > 0.99999) return "M0,-1A1,1 0 0 1 0,1A1,1 0 0 1 0,-1z";
  const large = to - from > 0.5 ? 1 : 0;
  return `M0,0L${point(from)}A1,1 0 ${large} 1 ${point(to)}z`;
}

function point(turn: number): string {
  const angle = 2 * Math.PI * turn;
  return `${Math.sin(angle).toFixed(4)},${(-Math.cos(angle)).toFixed(4)}`;
}
