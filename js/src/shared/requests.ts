import type { AnyModel } from "@anywidget/types";
import { NOT_CONNECTED } from "./connection";

export type Ask = (what: string, values?: object, until?: AbortSignal) => Promise<unknown>;

interface Reply {
  kind: "reply";
  id: string;
  value?: unknown;
  error?: string;
}

const DEADLINE = 120_000;

/** A way to ask Python: every request is answered, refused, cancelled or given up after a while. */
export function createRequests<State extends object>(
  model: AnyModel<State>,
  until: AbortSignal,
  deadline = DEADLINE,
): Ask {
  const open = new Map<string, (reply: Reply) => void>();
  const hear = (content: Partial<Reply> | null) => {
    if (content?.kind === "reply" && content.id) open.get(content.id)?.(content as Reply);
  };
  model.on("msg:custom", hear);
  until.addEventListener("abort", () => model.off("msg:custom", hear), { once: true });

  return (what, values = {}, cancelled = until) =>
    new Promise((resolve, reject) => {
      // Every view of a model hears every reply: the id says whose it is.
      const id = globalThis.crypto?.randomUUID?.() ?? `${performance.now()}-${Math.random()}`;
      const cancel = () => giveUp("Cancelled.");
      const timer = setTimeout(
        () => giveUp("No answer from Python: is the kernel running? Run the cell again."),
        deadline,
      );
      const end = () => {
        clearTimeout(timer);
        open.delete(id);
        cancelled.removeEventListener("abort", cancel);
        until.removeEventListener("abort", cancel);
      };
      function giveUp(why: string): void {
        end();
        try {
          model.send({ op: "cancel", id });
        } catch {
          // The widget was closed: nobody is left to tell.
        }
        reject(new Error(why));
      }
      open.set(id, ({ value, error }) => {
        end();
        if (error === undefined) resolve(value);
        else reject(new Error(error));
      });
      cancelled.addEventListener("abort", cancel, { once: true });
      until.addEventListener("abort", cancel, { once: true });
      try {
        model.send({ op: "ask", id, what, with: values });
      } catch {
        end();
        reject(new Error(NOT_CONNECTED));
      }
    });
}
