import { expect, test } from "vitest";
import { funnelsOf } from "../flows/steps";
import { figureOf } from "../totals/values";
import { isBucket, namesOf } from "./names";

const event = (math: string, order = 0) => ({
  label: "$pageview",
  action: { name: "$pageview", math, order },
});

test("what is counted tells series of one event apart", () => {
  expect(namesOf([event("total"), event("dau", 1)])).toEqual([
    "$pageview · total",
    "$pageview · unique users",
  ]);
  expect(namesOf([event("total")])).toEqual(["$pageview"]);
});

test("what cannot be distinguished is numbered: a legend hides by name", () => {
  expect(namesOf([event("total"), event("total", 1), event("weekly_active", 2)])).toEqual([
    "$pageview · total",
    "$pageview · total (2)",
    "$pageview · weekly active",
  ]);
});

test("a period before has the name of its series", () => {
  const both = ["current", "previous"].map((one) => ({ ...event("total"), compare_label: one }));
  expect(namesOf(both)).toEqual(["$pageview", "$pageview (previous)"]);
});

test("a round of a comparison is named by its time", () => {
  const both = [
    { ...event("total"), compare_label: "current", compare_name: "29 Nov 09:30" },
    { ...event("total"), compare_label: "previous", compare_name: "22 Nov 09:30" },
  ];
  expect(namesOf(both)).toEqual(["$pageview", "$pageview (22 Nov 09:30)"]);
  const totals = both.map((one, index) => ({ ...one, aggregated_value: 5 + index }));
  expect(figureOf(totals).since).toBe("vs. 22 Nov 09:30");
  const [now, then] = both.map((one) => [{ ...one, name: "s", count: 5 }]);
  expect(funnelsOf([now, then]).map(({ name }) => name)).toEqual(["29 Nov 09:30", "22 Nov 09:30"]);
});

test("buckets are words, also inside a longer name", () => {
  const other = "$$_posthog_breakdown_other_$$";
  const none = "$$_posthog_breakdown_null_$$";
  const named = [`views - ${other}`, `${none}::${other}`, ""].map((label) => ({
    label,
    breakdown_value: label,
  }));
  expect(namesOf(named)).toEqual(["views - Other", "None::Other", "None"]);
  expect(isBucket({ breakdown_value: ["DE", none] })).toBe(true);
  expect(isBucket({ breakdown_value: "DE" })).toBe(false);
});

test("a number that makes a name unique makes no other name twice", () => {
  const named = ["a", "a", "a (2)", "a"].map((label) => ({ label }));
  const names = namesOf(named);
  expect(names).toEqual(["a", "a (3)", "a (2)", "a (4)"]);
});

test.each(["constructor", "__proto__"])("%s is a word like any other", (math) => {
  const given = [event("total"), event(math, 1)];
  expect(namesOf(given)[1]).toBe(`$pageview · ${math.replaceAll("_", " ")}`);
});
