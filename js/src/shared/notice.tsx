import type { ComponentChildren } from "preact";

interface NoticeProps {
  /** `plain`: nothing is wrong. `bad`: something failed or is lost, and is read out at once. */
  tone?: "plain" | "warn" | "bad";
  children: ComponentChildren;
}

/** The bar across a widget that says what happened to it as a whole. */
export function Notice({ tone = "warn", children }: NoticeProps) {
  return (
    <p class="dw-notice" data-dw-tone={tone} role={tone === "bad" ? "alert" : "status"}>
      {children}
    </p>
  );
}
