import { FakeModel } from "../shared/fake_model";
import type { ArrangeState, DraftTile } from "./state";
import { createView, type View } from "./view";

/** A board of text tiles side by side, without a kernel. */
export function arrangeState(ids: readonly number[]): ArrangeState {
  const draft = ids.map((id, at): DraftTile => ({
    id,
    box: { x: at * 3, y: 0, w: 3, h: 2 },
    name: `Tile ${id}`,
    body: null,
    color: null,
    show_description: null,
    transparent_background: null,
    to: null,
    copy_to: [],
  }));
  return {
    board: { id: 7, name: "Growth", url: "http://example.com/d/7", denied: "", breakdown_colors: [] },
    tiles: ids.map((id) => ({ id, kind: "text", insight: null, uncached: false, note: "", min_w: 1, min_h: 1, places: [] })),
    saved: draft,
    draft,
    pending_rows: [],
    theirs: [],
    refused: {},
    differs: [],
    notes: [],
    progress: { saving: false, computing: false, can_undo: false, can_redo: false, requests: 0, message: "" },
    saves: "click",
    selected_ids: [],
  };
}

export function viewOf(state: ArrangeState): View {
  const el = document.createElement("div");
  return createView(new FakeModel(state).model, el, new AbortController().signal);
}
