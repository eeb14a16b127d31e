import { signal, type ReadonlySignal } from "@preact/signals";

export type Theme = "light" | "dark";

/** What the host says, else what the system prefers. */
function hostTheme(document: Document): Theme {
  const { body } = document;
  const jupyter = body.dataset["jpThemeLight"];
  if (jupyter) return jupyter === "true" ? "light" : "dark";
  const vscode = body.dataset["vscodeThemeKind"];
  if (vscode) return vscode.includes("dark") || vscode === "vscode-high-contrast" ? "dark" : "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** The host's theme, live, until `until` aborts. */
export function watchTheme(document: Document, until: AbortSignal): ReadonlySignal<Theme> {
  const theme = signal(hostTheme(document));
  const update = () => (theme.value = hostTheme(document));
  const observer = new MutationObserver(update);
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ["data-jp-theme-light", "data-vscode-theme-kind"],
  });
  const query = matchMedia("(prefers-color-scheme: dark)");
  query.addEventListener("change", update, { signal: until });
  until.addEventListener("abort", () => observer.disconnect(), { once: true });
  return theme;
}
