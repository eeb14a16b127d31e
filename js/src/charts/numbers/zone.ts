const INSTANT = /T(?!00:00:00)[\d:.]+Z$/;

/** "2026-06-09T22:00:00Z" in Berlin -> "2026-06-10 00:00".
 *
 * What begins at midnight, or has an offset of its own, is in the project's time zone already. */
export function inZone(moment: string, timezone: string): string {
  if (!timezone || !INSTANT.test(moment)) return moment;
  try {
    const parts = new Intl.DateTimeFormat("sv-SE", {
      timeZone: timezone,
      dateStyle: "short",
      timeStyle: "short",
    });
    return parts.format(new Date(moment));
  } catch {
    return moment; // a zone or a date this browser does not know
  }
}
