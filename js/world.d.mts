/** The world as SVG paths by two-letter code; see world.mjs. */
export function world(): Promise<Record<string, string>>;
