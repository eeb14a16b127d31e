import type { AnyModel } from "@anywidget/types";
import { parse } from "../charts/numbers/whole";
import type { Snapshot, StreamStatus, TileState, WatchState } from "./state";

const PATIENCE = 5000;

/** One board's part of a message. */
export interface Part {
  section: number;
  status: StreamStatus;
  tiles: TileState[];
}

interface Hearing {
  /** What is new. */
  arrive(parts: Part[]): void;
  /** All there is; `isOld` when it was taken before something that is drawn already. */
  replace(parts: Part[], isOld: boolean): void;
  /** A question went out and nothing has come back for a while; or something has. */
  silent(isSilent: boolean): void;
}

interface Wire {
  ask(request: object): void;
  /** A trait came: Python is there. */
  heard(): void;
  /** Messages up to this one are in what a snapshot brought. */
  skip(seq: number): boolean;
}

interface Message {
  kind: "tiles" | "snapshot";
  seq: number;
  /** Python asks how far we are: once the DOM of this is built. */
  ack: boolean;
  sections: { section: number; status: StreamStatus }[];
}

/** Numbered messages from Python: what is lost on the way is noticed and asked for. */
export function createWire(
  model: AnyModel<WatchState>,
  hearing: Hearing,
  until: AbortSignal,
): Wire {
  let seq = 0;
  let resyncing = true; // until what a new view asks for has come
  let patience: ReturnType<typeof setTimeout> | undefined;

  function heard(): void {
    clearTimeout(patience);
    hearing.silent(false);
  }

  function ask(request: object): void {
    clearTimeout(patience);
    patience = setTimeout(() => hearing.silent(true), PATIENCE);
    say(request);
  }

  function say(request: object): void {
    try {
      model.send(request);
    } catch {
      hearing.silent(true); // nobody is there to answer
    }
  }

  function hear(message: Partial<Message> | null, buffers: DataView[]): void {
    if (message?.kind !== "tiles" && message?.kind !== "snapshot") return;
    const { kind, seq: at = 0, ack = false, sections = [] } = message;
    const parts = sections.map((part, index) => ({ ...part, tiles: decode(buffers[index]) }));
    heard();
    if (kind === "snapshot") {
      resyncing = false;
      hearing.replace(parts, at < seq);
      seq = Math.max(seq, at);
    } else {
      const gap = at > seq + 1;
      seq = Math.max(seq, at);
      hearing.arrive(parts);
      if (gap && !resyncing) {
        resyncing = true;
        ask({ op: "resync" });
      }
    }
    // Once this turn has built the DOM. Not once it is painted: a hidden page never is.
    if (ack) setTimeout(() => until.aborted || say({ op: "ack", seq: at }));
  }

  model.on("msg:custom", hear);
  until.addEventListener("abort", () => {
    model.off("msg:custom", hear);
    clearTimeout(patience);
  });
  return {
    ask,
    heard,
    skip(at) {
      const isOld = at < seq;
      seq = Math.max(seq, at);
      return isOld;
    },
  };
}

function decode(buffer: DataView | undefined): TileState[] {
  return buffer ? (parse(new TextDecoder().decode(buffer)) as TileState[]) : [];
}

/** The snapshot trait, unpacked. */
export async function unpack(packed: DataView): Promise<Snapshot> {
  const bytes = new Uint8Array(packed.buffer as ArrayBuffer, packed.byteOffset, packed.byteLength);
  const stream = new Response(bytes).body?.pipeThrough(new DecompressionStream("gzip"));
  return parse(await new Response(stream).text()) as Snapshot;
}
