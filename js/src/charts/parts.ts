import type { WorldMap } from "./map";
import type { Paths } from "./paths";
import type { Plane } from "./plane";

/** What is heavy is handed in: a bundle that only draws small pictures goes without. */
export interface Parts {
  Paths: typeof Paths;
  Plane: typeof Plane;
  WorldMap: typeof WorldMap;
}

export type WithPlane = Pick<Parts, "Plane">;
