import type { Drawing } from "./drawing";
import { WorldMap } from "./map";
import { Paths } from "./paths";
import { Plane } from "./plane";
import { isEmpty, Shape } from "./shape";
import { Spoken } from "./spoken";

/** An insight's drawing, and its numbers for those who do not see it. */
export function Chart({ drawing }: { drawing: Drawing }) {
  return (
    <>
      <Shape drawing={drawing} parts={{ Paths, Plane, WorldMap }} />
      {!isEmpty(drawing) && <Spoken drawing={drawing} />}
    </>
  );
}
