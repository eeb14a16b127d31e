// @vitest-environment jsdom
import { render } from "preact";
import { expect, test } from "vitest";
import { Markdown } from "./markdown";

function drawn(body: string): HTMLElement {
  const div = document.createElement("div");
  render(<Markdown body={body} />, div);
  return div.firstElementChild as HTMLElement;
}

test("markdown becomes elements", () => {
  expect(drawn("## Growth\n\n- **weekly**").innerHTML).toContain("<strong>weekly</strong>");
});

test("a table stays one", () => {
  const cells = drawn("| a | b |\n| - | - |\n| 1 | **2** |").querySelectorAll("th, td");
  expect([...cells].map(({ outerHTML }) => outerHTML)).toEqual([
    "<th>a</th>",
    "<th>b</th>",
    "<td>1</td>",
    "<td><strong>2</strong></td>",
  ]);
});

test("a list goes on where it was told to", () => {
  expect(drawn("3. three\n4. four").firstElementChild?.outerHTML).toMatch(/^<ol start="3">/);
});

test("links open elsewhere and tell nothing of where from", () => {
  expect(drawn("[plan](https://example.com/a)").innerHTML).toContain(
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
  "- <b onclick=alert(1)>x</b>\n\n| <img src=x> |\n| - |\n| <i id=x>y</i> |",
])("nothing in %s loads, runs or dresses up", (body) => {
  const inside = [...drawn(body).querySelectorAll("*")];
  const plain = ["p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"];
  expect(plain).toEqual(expect.arrayContaining(inside.map(({ localName }) => localName)));
  expect(inside.flatMap(({ attributes }) => [...attributes])).toEqual([]);
});

test("HTML is read as what was written, not as what it would draw", () => {
  expect(drawn("<b>bold</b> claim").textContent).toBe("<b>bold</b> claim");
});

test("an image leaves its description", () => {
  expect(drawn("![our plan](https://example.com/plan.png)").textContent).toBe("our plan");
});

test("an open task and a done one look different", () => {
  const items = drawn("- [ ] ask\n- [x] tell\n\n1. [x] loose\n\n2. plain").querySelectorAll("li");
  expect([...items].map((item) => item.textContent?.trim())).toEqual([
    "☐ ask",
    "☑ tell",
    "☑ loose",
    "plain",
  ]);
});

test.each([">", "- "])("text nested too deeply with %s is shown as it was written", (mark) => {
  const body = `${mark.repeat(2000)}deep`;
  expect(drawn(body).innerHTML).toBe(`<pre>${body.replaceAll(">", "&gt;")}</pre>`);
});

test("text that is nested as people do it is drawn", () => {
  expect(drawn(`${"> ".repeat(12)}deep`).querySelectorAll("blockquote")).toHaveLength(12);
});
