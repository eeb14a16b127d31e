import type { AnyModel } from "@anywidget/types";

/** A model as JupyterLab has it; other hosts may have less, and need not let go. */
interface HostModel {
  once?(event: "destroy", call: (closed: HostModel) => void): void;
  comm?: { on_close?(call: () => void): void; on_msg?(call: () => void): void };
}

/** Let a model and its layout be freed once they are closed.
 *
 * JupyterLab never lets go of a comm (in 4.6 its `CommHandler` listens to the kernel's status for
 * ever), and a comm holds its model by two callbacks. */
export function letGoWhenClosed<State extends object>(model: AnyModel<State>): void {
  model.on("destroy", letGo);
  const layout = (model as AnyModel).get("layout") as HostModel | undefined;
  layout?.once?.("destroy", letGo);
}

/** The same for models that have no code of their own, by id. */
export async function letGoBeside(
  manager: { get_model(id: string): Promise<unknown> },
  ids: readonly string[],
): Promise<void> {
  for (const found of await Promise.allSettled(ids.map((id) => manager.get_model(id)))) {
    // One that is gone already can not be found.
    if (found.status === "fulfilled") (found.value as HostModel).once?.("destroy", letGo);
  }
}

function letGo({ comm }: HostModel): void {
  comm?.on_close?.(hearNothing);
  comm?.on_msg?.(hearNothing);
}

function hearNothing(): void {}
