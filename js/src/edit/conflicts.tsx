import type { Field, View } from "./view";

const LABELS: Record<Field, string> = {
  name: "Name",
  description: "Description",
  pinned: "Pinned",
  tags: "Tags",
  restriction_level: "Who can edit",
  data_color_theme_id: "Colour theme",
  breakdown_colors: "Breakdown colours",
  date_from: "Date range from",
  date_to: "Until",
  collaborators: "Collaborators",
  sharing_enabled: "Public link",
  password_required: "Password required",
  sharing_settings: "The public page",
};

/** What somebody else changed while it was edited here: both are shown, the user chooses. */
export function Theirs({ view }: { view: View }) {
  const fields = Object.keys(view.theirs.value) as Field[];
  return (
    <>
      {fields.map((field) => (
        <div class="dw-theirs" role="alert" key={field}>
          <span class="dw-warn">changed on the server</span>
          <span class="dw-both">
            {LABELS[field]}: now <b>{words(view, field, view.theirs.value[field])}</b>, yours{" "}
            <b>{words(view, field, view.value(field))}</b>
          </span>
          <span class="dw-push">
            <button
              type="button"
              class="dw-button"
              onClick={() => void view.tell("keep_mine", { fields: [field] }, "Kept yours.")}
            >
              Keep mine
            </button>{" "}
            <button
              type="button"
              class="dw-button"
              onClick={() => void view.tell("take_theirs", { fields: [field] }, "Took theirs.")}
            >
              Take theirs
            </button>
          </span>
        </div>
      ))}
    </>
  );
}

function words(view: View, field: Field, value: unknown): string {
  if (field === "collaborators" && Array.isArray(value)) {
    const names = new Map(view.choices.value.people.map(({ uuid, name }) => [uuid, name]));
    return value.map((uuid) => names.get(uuid) ?? uuid).join(", ") || "nobody";
  }
  if (field === "restriction_level") return value === 37 ? "only collaborators" : "everyone";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value === null || value === "") return "empty";
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) {
    return value.join(", ") || "none";
  }
  return JSON.stringify(value);
}
