/** JSON.parse rounds whole numbers past 2^53, and ids of users are as long: those become BigInt. */
export function parse(json: string): unknown {
  // Only where a number begins: fractions are as long, dates and ids in texts too.
  if (!/(?:^|[:,[])\s*-?\d{16}/.test(json)) return JSON.parse(json);
  // Nobody can know the mark beforehand, so no text from elsewhere is taken for a number.
  const mark = crypto.getRandomValues(new Uint32Array(4)).join("-");
  const marked = json.replace(TOKEN, (token) => (isLong(token) ? `"${mark}${token}"` : token));
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === "string" && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  );
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function isLong(token: string): boolean {
  return /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token));
}

/** JSON of a value that may hold such numbers, every digit kept. */
export function stringify(value: unknown): string {
  const held: string[] = [];
  const json = JSON.stringify(value, (_, one: unknown) => {
    if (typeof one !== "bigint") return one;
    held.push(String(one));
    return `\u0000${held.length - 1}\u0000`;
  });
  return json.replace(/"\\u0000(\d+)\\u0000"/g, (_, index: string) => held[Number(index)] ?? "0");
}
