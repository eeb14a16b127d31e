import { array, number, object, objects, text } from "./json";

export interface Step {
  name: string;
  count: number;
  /** Of the first step, 0 to 1; null when nobody took that. */
  share: number | null;
}

/** A funnel, or one of several when it is broken down. */
export interface Funnel {
  name: string;
  steps: Step[];
}

/** Contract 13.3: a list of steps, or a list of such lists with a breakdown. */
export function funnelsOf(result: unknown): Funnel[] {
  const given = array(result);
  const groups = Array.isArray(given[0]) ? given : given.length > 0 ? [given] : [];
  return groups.map((group) => {
    const steps = objects(group);
    const first = number(steps[0]?.["count"]) ?? 0;
    return {
      name: array(steps[0]?.["breakdown_value"] ?? object(steps[0])["breakdown"])
        .map(String)
        .join(", "),
      steps: steps.map((step) => {
        const count = number(step["count"]) ?? 0;
        return {
          name: text(step["custom_name"]) || text(step["name"]) || "Unnamed",
          count,
          share: first > 0 ? count / first : null,
        };
      }),
    };
  });
}
