import type { Box } from "../series/boxes";
import type { Drawing } from "../drawing";
import { object, text } from "../json";
import { rankOf, seriesColor, type Paint } from "../colors/palette";
import { colorOf } from "../colors/theme_colors";
import type { InsightParts } from "./insight_parts";

const ROSE = ["metricChangeIncreaseColor", "metricLineIncreaseColor", "var(--dw-good)"] as const;
const FELL = ["metricChangeDecreaseColor", "metricLineDecreaseColor", "var(--dw-bad)"] as const;

/** A metric's colors go by whether it rose. */
export function withDirection(drawing: Drawing, { settings }: InsightParts): Drawing {
  if (drawing.kind !== "number" || settings["display"] !== "Metric") return drawing;
  const { value, previous, latest = value } = drawing.figure;
  if (latest === null || previous === null || latest === previous) return drawing;
  const [change, lines, usual] = latest > previous ? ROSE : FELL;
  const [tint, own] = [chosen(settings[change]), chosen(settings[lines])];
  const { line } = drawing;
  const colored = line && settings["metricColorByDirection"] === true && {
    ...line,
    series: line.series.map((one) => ({ ...one, color: own ?? usual })),
  };
  return {
    ...drawing,
    ...(tint !== null && { figure: { ...drawing.figure, tint: seriesColor(tint) } }),
    ...(colored && { line: colored }),
  };
}

/** A color of the palette by its name, or one of its own. */
function chosen(given: unknown): Paint | null {
  return rankOf(text(given)) ?? colorOf(given);
}

const FAR = 1.5;

/** Whiskers end where outliers begin, unless these are wanted. */
export function withWhiskers(drawing: Drawing, { settings, chart }: InsightParts): Drawing {
  const { excludeOutliers = settings["excludeBoxPlotOutliers"] } = object(chart["boxPlot"]);
  if (drawing.kind !== "boxes" || excludeOutliers === false) return drawing;
  const series = drawing.boxes.series.map((one) => ({ ...one, boxes: one.boxes.map(clipped) }));
  return { ...drawing, boxes: { ...drawing.boxes, series } };
}

function clipped(box: Box | null): Box | null {
  if (!box) return null;
  const far = FAR * (box.p75 - box.p25);
  return { ...box, whiskers: [Math.max(box.min, box.p25 - far), Math.min(box.max, box.p75 + far)] };
}
