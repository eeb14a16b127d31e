import { expect, test } from "vitest";
import { rendered } from "./text";

function html(body: string): string {
  const div = document.createElement("div");
  div.append(rendered(body, window));
  return div.innerHTML;
}

test("markdown becomes elements", () => {
  expect(html("## Growth\n\n- **weekly**")).toContain("<strong>weekly</strong>");
});

test("links open elsewhere and tell nothing of where from", () => {
  expect(html("[plan](https://example.com/a)")).toContain(
    '<a href="https://example.com/a" target="_blank" rel="noopener noreferrer">plan</a>',
  );
});

test.each([
  "<img src=x onerror=alert(1)>",
  "![pixel](https://example.com/pixel.png)",
  "<script>alert(1)</script>",
  "[x](javascript:alert(1))",
  "[x](/api/contents)",
  "<a href='data:text/html,x'>x</a>",
  "<form action=https://example.com><input name=a></form>",
  "<style>*{display:none}</style>",
  "<p style='position:fixed' class=dw-banner id=x>x</p>",
  "<iframe src=https://example.com></iframe>",
  "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
])("nothing in %s loads, runs or dresses up", (body) => {
  expect(html(body)).not.toMatch(/<(img|script|form|input|style|iframe|svg)/);
  expect(html(body)).not.toMatch(/(src|href|style|class|id)=/);
});

test("an image leaves its description", () => {
  expect(html("![our plan](https://example.com/plan.png)")).toContain("our plan");
});
