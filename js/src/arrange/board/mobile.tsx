import { readingOrder } from "./moves";
import { Inside } from "./tile";
import { MOBILE } from "../texts";
import type { View } from "../view";

const ROW = 51;

/** The one column a phone shows: PostHog derives it from the order and never stores it. */
export function Mobile({ view }: { view: View }) {
  const boxes = view.boxes.value;
  return (
    <div class="dw-ground">
      <ol class="dw-phone" aria-label={MOBILE.label}>
        {readingOrder(boxes).map((id) => (
          <li key={id} style={{ height: `${(boxes.get(id)?.h ?? 1) * ROW}px` }}>
            <b class="dw-name">{view.title(id)}</b>
            <Inside id={id} body={view.tile(id)?.body ?? null} view={view} />
          </li>
        ))}
      </ol>
      <p class="dw-advice">{MOBILE.advice}</p>
    </div>
  );
}
