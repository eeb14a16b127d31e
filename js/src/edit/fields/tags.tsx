import { useSignal } from "@preact/signals";
import { TAGS } from "../texts";
import { FieldBox } from "./field";
import type { View } from "../view";

/** Tags as chips; those the project has are offered. */
export function Tags({ view }: { view: View }) {
  const typed = useSignal("");
  const tags = view.value("tags");
  const add = () => {
    // The server trims and lowercases tags: what is shown is what will be stored.
    const tag = typed.value.trim().toLowerCase();
    typed.value = "";
    if (tag && !tags.includes(tag)) view.edit("tags", [...tags, tag]);
  };
  const saved = view.saved.value.tags;
  return (
    <FieldBox view={view} field="tags">
      {(control) => (
        <div class="dw-input dw-tags">
          {tags.map((tag) => (
            <span key={tag} class={saved.includes(tag) ? "dw-chip" : "dw-chip dw-new"} title={tag}>
              <bdi>{tag}</bdi>
              <button
                type="button"
                aria-label={TAGS.remove(tag)}
                disabled={control.disabled}
                onClick={() => view.edit("tags", tags.filter((one) => one !== tag))}
              >
                ✕
              </button>
            </span>
          ))}
          <input
            {...control}
            list={`${control.id}-known`}
            placeholder={TAGS.add}
            value={typed.value}
            onInput={(event) => (typed.value = event.currentTarget.value)}
            onBlur={add}
            onKeyDown={(event) => {
              if (event.key === "Enter" || event.key === ",") {
                event.preventDefault();
                add();
              } else if (event.key === "Backspace" && typed.value === "" && tags.length > 0) {
                view.edit("tags", tags.slice(0, -1));
              }
            }}
          />
          <datalist id={`${control.id}-known`}>
            {view.choices.value.tags
              .filter((tag) => !tags.includes(tag))
              .map((tag) => (
                <option key={tag} value={tag} />
              ))}
          </datalist>
        </div>
      )}
    </FieldBox>
  );
}
