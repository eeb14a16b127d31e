import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { axesOf, type DrawnAxis } from "./axes";
import { useCursor } from "../interaction/cursor";
import { rangeOf, shortDay } from "../numbers/format";
import { along, SIDE } from "./outline";
import { lifted, seriesColor } from "../colors/palette";
import { Annotations } from "./annotations";
import { Overlays } from "./overlays";
import { roomFor, useFit } from "../interaction/room";
import { labelled, type Scale } from "./scale";
import type { Goal, Series, Trend } from "../series/series";
import { overlaysOf } from "../settings/trends/overlays";
import { TrendTip } from "../interaction/tip";
import { ticked, written, type Unit } from "../numbers/unit";
import { ValueLabels } from "./value_labels";

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
  const { days, unit, goals, extras = {} } = trend;
  const chart = useRef<HTMLDivElement>(null);
  const at = useCursor(chart, days.length);
  const names = namesOf(days);
  const letters = Math.max(...sampled(names).map(({ length }) => length));
  const room = useFit(chart, extras.values ? measured(letters) : roomFor(letters), letters);
  const overlays = useMemo(() => overlaysOf(series, trend.extras ?? {}), [series, trend]);
  const axes = useMemo(
    () => axesOf(trend, series, extents, overlays, room.rows),
    [trend, series, extents, overlays, room.rows],
  );
  const { first: scale } = axes;
  const side = (isRight: boolean) => axes.drawn.filter((one) => one.isRight === isRight);
  const place = (index: number) => (fills ? (index + 0.5) / days.length : along(index, days.length));
  const { width = 0, height: high = 0 } = room as { width?: number; height?: number };

  return (
    <div
      class="dw-plane"
      ref={chart}
      data-dw-x={extras.xLabel && ""}
      data-dw-y={extras.yLabel && ""}
      data-dw-right={extras.rightLabel && ""}
    >
      <Sides axes={side(false)} />
      <div class="dw-plane-area" {...following(at, days.length, fills)}>
        {scale.marks.map((mark) => (
          <hr key={mark} style={height(scale, mark)} data-dw-zero={mark === 0 || undefined} />
        ))}
        <svg role="img" aria-label={label} viewBox={`0 0 ${SIDE} ${SIDE}`} preserveAspectRatio="none">
          {children(axes.of)}
          <Overlays overlays={overlays} axes={axes} fills={fills} length={days.length} />
        </svg>
        {goals.map((goal) => (
          <GoalLine key={goal.name + goal.value} goal={goal} scale={scale} unit={unit} />
        ))}
        {extras.values && (
          <ValueLabels trend={trend} series={series} axes={axes} width={width} height={high} />
        )}
        {extras.annotations && (
          <Annotations annotations={extras.annotations} days={days} place={place} at={at} />
        )}
        <Cursor at={at} place={place} trend={trend} series={series} />
      </div>
      {side(true).length > 0 && <Sides axes={side(true)} />}
      <div class="dw-plane-days" aria-hidden="true">
        {labelled(days.length, room.columns).map((index) => (
          <span key={index} style={{ left: `${place(index) * 100}%` }}>
            {cut(names(index))}
          </span>
        ))}
      </div>
      {extras.xLabel && <Title side="x">{extras.xLabel}</Title>}
      {extras.yLabel && <Title side="y">{extras.yLabel}</Title>}
      {extras.rightLabel && <Title side="right">{extras.rightLabel}</Title>}
    </div>
  );
}

function Title({ side, children }: { side: string; children: string }) {
  return (
    <p class="dw-plane-title" data-dw-side={side} title={children}>
      {children}
    </p>
  );
}

function GoalLine({ goal, scale, unit }: { goal: Goal; scale: Scale; unit: Unit }) {
  const { name, value, color, isUnnamed, isAtStart } = goal;
  const told = `${name}: ${written(value, unit)}`;
  return (
    <div
      class="dw-plane-goal"
      style={{ ...height(scale, value), "--color": color && lifted(color) }}
      data-dw-start={isAtStart}
      data-dw-high={scale.place(value) > 0.94 || undefined}
      title={told}
    >
      {!isUnnamed && <span>{name}</span>}
    </div>
  );
}

/** The axes of one side, the first next to the chart. */
function Sides({ axes }: { axes: readonly DrawnAxis[] }) {
  const marks = axes.map(({ scale, unit, color }, index) => (
    <Marks key={index} scale={scale} unit={unit} color={color} />
  ));
  return marks.length === 1 ? <>{marks}</> : <div class="dw-plane-sides">{marks}</div>;
}

const STEP = 20;

/** Room in steps of some pixels: labels that overlap are left out. */
function measured(letters: number) {
  const room = roomFor(letters);
  return (width: number, height: number) => ({
    ...room(width, height),
    width: Math.floor((width - 60) / STEP) * STEP,
    height: Math.floor((height - 30) / STEP) * STEP,
  });
}

/** The numbers along an axis; a long unit stands once, above them. */
function Marks({ scale, unit, color }: Omit<DrawnAxis, "isRight">) {
  const isLong = unit.prefix.length + unit.suffix.length > LONGEST_UNIT;
  const bare = isLong ? { ...unit, prefix: "", suffix: "" } : unit;
  const marks = scale.marks.map((mark) => ticked(mark, bare));
  // The gap beside them is in pixels: a narrow font's letters would not make room for it.
  const width = `calc(${Math.max(...marks.map(({ length }) => length)) + 0.5}ch + 8px)`;
  const own = color === undefined ? undefined : seriesColor(color);
  return (
    <div
      class="dw-plane-marks"
      style={{ width, "--color": own }}
      data-dw-own={own && ""}
      aria-hidden="true"
    >
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
