import { FOOTER, INCOMPLETE, KEYS } from "./texts";
import type { View } from "./view";

export function Footer({ view }: { view: View }) {
  const listing = view.traits.listing.value;
  const { complete, requests, seconds, taken_at } = listing;
  const report = view.traits.report.value;
  return (
    <div class="dw-bar dw-foot">
      <span>{FOOTER.shown(view.shown.value.length, view.rows.value.length)}</span>
      <span>
        {FOOTER.read(listing)},{" "}
        {complete ? FOOTER.complete : <span class="dw-chip dw-warn">{INCOMPLETE}</span>}
      </span>
      <span title={taken_at}>{FOOTER.cost(requests, seconds, time(taken_at))}</span>
      {report && (
        <span title={report.taken_at}>
          {FOOTER.evaluated(report.rules.length)}
          {report.unevaluated.length > 0 && (
            <span class="dw-chip dw-warn">{FOOTER.notEvaluated(report.unevaluated.length)}</span>
          )}
        </span>
      )}
      <span class="dw-push dw-keys" aria-hidden="true">
        {KEYS.map(([key, does]) => (
          <span key={key}>
            <kbd class="dw-key">{key}</kbd> {does}{" "}
          </span>
        ))}
      </span>
      <span class="dw-hidden" role="status">
        {view.said.value && `${view.said.value}. `}
        {FOOTER.status(view.shown.value.length, view.picked.value.size)}
      </span>
    </div>
  );
}

function time(iso: string): string {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? "" : moment.toLocaleTimeString([], { hour12: false });
}
