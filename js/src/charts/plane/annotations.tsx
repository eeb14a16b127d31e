import type { Signal } from "@preact/signals";
import { day } from "../numbers/format";
import { textsAt, type Annotation } from "../settings/trends/annotations";

interface AnnotationsProps {
  annotations: readonly Annotation[];
  days: readonly string[];
  place: (index: number) => number;
  /** The interval whose tip is shown: it has their words too. */
  at: Signal<number | null>;
}

/** Marks on the axis of time, for what somebody wrote there. */
export function Annotations({ annotations, days, place, at }: AnnotationsProps) {
  return (
    <>
      {[...new Set(annotations.map(({ index }) => index))].map((index) => {
        const texts = textsAt(annotations, index);
        return (
          <button
            key={index}
            type="button"
            class="dw-plane-note"
            style={{ left: `${place(index) * 100}%` }}
            aria-label={`${day(days[index] ?? "")}: ${texts.join("; ")}`}
            onFocus={() => (at.value = index)}
            onBlur={() => (at.value = null)}
          >
            {texts.length > 1 ? texts.length : ""}
          </button>
        );
      })}
    </>
  );
}
