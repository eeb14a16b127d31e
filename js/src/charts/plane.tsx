import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { useCursor } from "./cursor";
import { rangeOf, shortDay } from "./format";
import { along, SIDE } from "./outline";
import { roomFor, useFit } from "./room";
import { labelled, scaleOf, type Scale } from "./scale";
import type { Series, Trend } from "./series";
import { TrendTip } from "./tip";
import { ticked, written, type Unit } from "./unit";

export interface PlaneProps {
  trend: Trend;
  series: readonly Series[];
  /** The least and the most there is to draw, for each axis. */
  extents: readonly [number, number][];
  /** Marks fill their interval, or stand at its place from edge to edge. */
  fills: boolean;
  label: string;
  children: (scaleOf: (side: { right?: boolean }) => Scale) => ComponentChildren;
}

const LONGEST = 14;
const LONGEST_UNIT = 8;

/** The axes, what is drawn between them, and the tip that follows mouse and arrow keys. */
export function Plane({ trend, series, extents, fills, label, children }: PlaneProps) {
  const { days, unit, goals, right } = trend;
  const chart = useRef<HTMLDivElement>(null);
  const at = useCursor(chart, days.length);
  const names = namesOf(days);
  const letters = Math.max(...sampled(names).map(({ length }) => length));
  const room = useFit(chart, roomFor(letters), letters);
  const reached = goals.map(({ value }) => value);
  const [low, high] = extents[0] ?? [0, 0];
  const scale = scaleOf(Math.min(low, ...reached), Math.max(high, ...reached), room.rows, trend.log);
  const second = right && scaleOf(...(extents[1] ?? [0, 0]), room.rows, right.log);
  const place = (index: number) => (fills ? (index + 0.5) / days.length : along(index, days.length));

  return (
    <div class="dw-plane" ref={chart}>
      <Marks scale={scale} unit={unit} />
      <div class="dw-plane-area" {...following(at, days.length, fills)}>
        {scale.marks.map((mark) => (
          <hr key={mark} style={height(scale, mark)} data-dw-zero={mark === 0 || undefined} />
        ))}
        <svg role="img" aria-label={label} viewBox={`0 0 ${SIDE} ${SIDE}`} preserveAspectRatio="none">
          {children((side) => (side.right && second) || scale)}
        </svg>
        {goals.map(({ name, value }) => (
          <div
            key={name}
            class="dw-plane-goal"
            style={height(scale, value)}
            title={written(value, unit)}
          >
            <span>{name}</span>
          </div>
        ))}
        <Cursor at={at} place={place} trend={trend} series={series} />
      </div>
      {second && <Marks scale={second} unit={right.unit} />}
      <div class="dw-plane-days" aria-hidden="true">
        {labelled(days.length, room.columns).map((index) => (
          <span key={index} style={{ left: `${place(index) * 100}%` }}>
            {cut(names(index))}
          </span>
        ))}
      </div>
    </div>
  );
}

/** The numbers along an axis; a long unit stands once, above them. */
function Marks({ scale, unit }: { scale: Scale; unit: Unit }) {
  const isLong = unit.prefix.length + unit.suffix.length > LONGEST_UNIT;
  const bare = isLong ? { ...unit, prefix: "", suffix: "" } : unit;
  const marks = scale.marks.map((mark) => ticked(mark, bare));
  const width = `${Math.max(...marks.map(({ length }) => length)) + 1}ch`;
  return (
    <div class="dw-plane-marks" style={{ width }} aria-hidden="true">
      {isLong && <b>{`${unit.prefix} ${unit.suffix}`.trim()}</b>}
      {scale.marks.map((mark, index) => (
        <span key={mark} style={height(scale, mark)}>
          {marks[index]}
        </span>
      ))}
    </div>
  );
}

function height({ place }: Scale, value: number) {
  return { bottom: `${place(value) * 100}%` };
}

/** Alone in a component, so that a moving mouse draws no chart again. */
function Cursor(props: {
  at: Signal<number | null>;
  place: (index: number) => number;
  trend: Trend;
  series: readonly Series[];
}) {
  const at = props.at.value;
  if (at === null || at >= props.trend.days.length) return null;
  const left = props.place(at);
  return (
    <>
      <div class="dw-plane-at" style={{ left: `${left * 100}%` }} />
      <TrendTip trend={props.trend} series={props.series} at={at} left={left} />
    </>
  );
}

function following(at: Signal<number | null>, length: number, fills: boolean) {
  return {
    onPointerMove: ({ currentTarget, clientX }: PointerEvent) => {
      const { left, width } = (currentTarget as HTMLElement).getBoundingClientRect();
      const share = (clientX - left) / width;
      const index = fills ? Math.floor(share * length) : Math.round(share * (length - 1));
      at.value = Math.min(length - 1, Math.max(0, index));
    },
    onPointerLeave: () => (at.value = null),
  };
}

function namesOf(days: string[]): (index: number) => string {
  const range = rangeOf(days[0] ?? "", days.at(-1) ?? "");
  return (index) => shortDay(days[index] ?? "", range);
}

/** Long axes have labels of one kind: a few stand for all. */
function sampled(names: (index: number) => string): string[] {
  return Array.from({ length: 24 }, (_, index) => cut(names(index)));
}

function cut(name: string): string {
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
}
