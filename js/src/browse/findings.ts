import type { FindingState } from "./state";

const SEVERITIES = ["info", "low", "medium", "high"];

/** How bad it is, as one number: the worst finding counts most, then how many there are. */
export function gravity(findings: readonly FindingState[]): number {
  const worst = Math.max(-1, ...findings.map(({ severity }) => SEVERITIES.indexOf(severity)));
  return (worst + 1) * 1000 + findings.length;
}

export interface Group {
  readonly rule: string;
  readonly severity: string;
  readonly count: number;
}

/** Findings by rule, the worst first. */
export function byRule(findings: readonly FindingState[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { rule, severity } of findings)
    groups.set(rule, { rule, severity, count: (groups.get(rule)?.count ?? 0) + 1 });
  return [...groups.values()].sort(
    (a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity),
  );
}

/** A rule's name as words. */
export function words(rule: string): string {
  return rule.replaceAll("-", " ");
}
