import type { AnyModel } from "@anywidget/types";

/** A trait that Python sends as deflated JSON; in a page that was saved it is the value itself. */
export async function unpacked<State extends object, Name extends keyof State & string>(
  model: AnyModel<State>,
  name: Name,
): Promise<State[Name]> {
  for (;;) {
    const sent: unknown = model.get(name);
    const found = (sent instanceof DataView ? await inflated(sent) : sent) as State[Name];
    if (sent === model.get(name)) return found; // or another came meanwhile
  }
}

function inflated(sent: DataView): Promise<unknown> {
  const bytes = new Blob([sent as DataView<ArrayBuffer>]).stream();
  return new Response(bytes.pipeThrough(new DecompressionStream("deflate"))).json();
}
