import { count, plural } from "../charts/numbers/format";
import type { View } from "./view";

export function Footer({ view }: { view: View }) {
  const { count: read, expected, complete, requests, seconds, taken_at } = view.traits.listing.value;
  const report = view.traits.report.value;
  return (
    <div class="dw-bar dw-foot">
      <span>
        {count(view.shown.value.length)} of {count(view.rows.value.length)} shown
      </span>
      <span>
        {count(read)} of {count(expected)} read,{" "}
        {complete ? "complete" : <span class="dw-chip dw-warn">INCOMPLETE</span>}
      </span>
      <span title={taken_at}>
        {plural(requests, "request")}, {seconds.toFixed(seconds < 10 ? 1 : 0)} s, {time(taken_at)}
      </span>
      {report && (
        <span title={report.taken_at}>
          {report.rules.length} rules judged
          {report.unjudged.length > 0 && (
            <span class="dw-chip dw-warn">{report.unjudged.length} not judged</span>
          )}
        </span>
      )}
      <span class="dw-push dw-keys" aria-hidden="true">
        <kbd class="dw-key">/</kbd> search <kbd class="dw-key">↑↓</kbd> move{" "}
        <kbd class="dw-key">space</kbd> select <kbd class="dw-key">enter</kbd> open
      </span>
      <span class="dw-hidden" role="status">
        {view.said.value && `${view.said.value}. `}
        {count(view.shown.value.length)} dashboards shown, {count(view.picked.value.size)} selected
      </span>
    </div>
  );
}

function time(iso: string): string {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? "" : moment.toLocaleTimeString([], { hour12: false });
}
