import { plural } from "./numbers/format";

/** Says what arrived but has no drawing. */
export function Unknown({ name, count }: { name: string; count: number | null }) {
  return (
    <div class="dw-note">
      <p>
        <b>{name}</b> can't be drawn yet.
      </p>
      {count !== null && <p>Its result has {plural(count, "row")}.</p>}
    </div>
  );
}
