import { number, objects, text } from "../json";

/** People who went from one step to the next (contract 13.5). */
export interface Link {
  source: string;
  target: string;
  value: number;
  /** Milliseconds on average. */
  time: number | null;
}

export function linksOf(result: unknown): Link[] {
  return objects(result).flatMap((one) => {
    const [source, target] = [text(one["source"]), text(one["target"])];
    const value = number(one["value"]);
    if (!source || !target || value === null) return [];
    return [{ source, target, value, time: number(one["average_conversion_time"]) }];
  });
}

/** A place people pass, in a square from 0 to 1. */
export interface Stop {
  name: string;
  step: number;
  value: number;
  x: number;
  y: number;
  height: number;
}

/** What flows from stop to stop, as thick as it is large. */
export interface Ribbon {
  from: Stop;
  to: Stop;
  link: Link;
  fromY: number;
  toY: number;
  width: number;
}

interface Flow {
  steps: number;
  stops: Stop[];
  ribbons: Ribbon[];
  /** Links that were left out, because their stops are not among the largest. */
  left: number;
}

const GAP = 0.07;

/** The `most` largest stops of each step, one below the other, and the links between them. */
export function flowOf(links: readonly Link[], most: number): Flow {
  const kept = largest(links, most);
  const used = links.filter(({ source, target }) => kept.has(source) && kept.has(target));
  const steps = Math.max(0, ...[...kept.keys()].map(stepOf));
  const stops = new Map<string, Stop>();
  const columns = Array.from({ length: steps }, (_, index) =>
    [...kept].filter(([node]) => stepOf(node) === index + 1).sort((one, two) => two[1] - one[1]),
  );
  const tallest = Math.max(...columns.map(sum), 1e-9);
  const gap = Math.min(GAP, 0.5 / Math.max(1, ...columns.map(({ length }) => length)));
  const unit = (1 - gap * Math.max(0, ...columns.map(({ length }) => length))) / tallest;
  columns.forEach((column, index) => {
    let y = gap / 2;
    for (const [node, value] of column) {
      const height = value * unit;
      const x = steps > 1 ? index / steps : 0;
      stops.set(node, { name: nameOf(node), step: index + 1, value, x, y, height });
      y += height + gap;
    }
  });
  return { steps, stops: [...stops.values()], ribbons: ribbons(used, stops, unit), left: links.length - used.length };
}

/** Where the step number is told from the name: "2_/pricing". */
export function nameOf(node: string): string {
  return node.replace(/^\d+_/, "");
}

function stepOf(node: string): number {
  return Math.max(1, Number(/^(\d+)_/.exec(node)?.[1] ?? 1));
}

/** Nodes with what passes them, at most so many a step. */
function largest(links: readonly Link[], most: number): Map<string, number> {
  const into = new Map<string, number>();
  const out = new Map<string, number>();
  for (const { source, target, value } of links) {
    out.set(source, (out.get(source) ?? 0) + value);
    into.set(target, (into.get(target) ?? 0) + value);
  }
  const all = [...new Set([...out.keys(), ...into.keys()])].map((node): [string, number] => [
    node,
    Math.max(into.get(node) ?? 0, out.get(node) ?? 0),
  ]);
  all.sort((one, other) => other[1] - one[1]);
  const counted = new Map<number, number>();
  return new Map(
    all.filter(([node]) => {
      const place = (counted.get(stepOf(node)) ?? 0) + 1;
      counted.set(stepOf(node), place);
      return place <= most;
    }),
  );
}

/** Ribbons leave and arrive in the order of the stops at their other end, so that few cross. */
function ribbons(links: readonly Link[], stops: Map<string, Stop>, unit: number): Ribbon[] {
  const placed = links.flatMap((link): Ribbon[] => {
    const [from, to] = [stops.get(link.source), stops.get(link.target)];
    return from && to ? [{ from, to, link, fromY: 0, toY: 0, width: link.value * unit }] : [];
  });
  const taken = new Map<Stop, number>();
  const next = (stop: Stop, width: number) => {
    const y = stop.y + (taken.get(stop) ?? 0);
    taken.set(stop, (taken.get(stop) ?? 0) + width);
    return y;
  };
  placed.sort((one, two) => one.to.y - two.to.y);
  for (const ribbon of placed) ribbon.fromY = next(ribbon.from, ribbon.width);
  taken.clear();
  placed.sort((one, two) => one.from.y - two.from.y);
  for (const ribbon of placed) ribbon.toY = next(ribbon.to, ribbon.width);
  return placed;
}

function sum(column: [string, number][]): number {
  return column.reduce((total, [, value]) => total + value, 0);
}
