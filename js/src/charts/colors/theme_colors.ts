import { lifted } from "./palette";

const NAMED = 60;

const COLOR =
  /^(#[\da-f]{3}|#[\da-f]{6}|(rgb|hsl)\([\d.]{1,9}%?((, *| +)[\d.]{1,9}%?){2}\)|[a-z]{3,20})$/i;
const NO_COLOR = /^(inherit|initial|unset|revert|currentcolor|transparent)$/i;

/** A server's text as a color: opaque, and one that CSS knows, which loads nothing. */
export function colorOf(given: unknown): string | null {
  if (typeof given !== "string" || !COLOR.test(given) || NO_COLOR.test(given)) return null;
  return (globalThis.CSS?.supports("color", given) ?? true) ? given : null;
}

/** The style that gives the series below it a theme's colors (contract 12.4).
 *
 * They come round again after the theme's last; what is no color stays the default. */
export function themed(colors: Record<string, string>): Record<string, string> {
  let length = 0;
  while (`preset-${length + 1}` in colors) length += 1;
  const style: Record<string, string> = {};
  if (length === 0) return style;
  for (let rank = 0; rank < NAMED; rank += 1) {
    const color = colorOf(colors[`preset-${(rank % length) + 1}`]);
    if (color) style[`--dw-series-${rank + 1}`] = lifted(color);
  }
  return style;
}
