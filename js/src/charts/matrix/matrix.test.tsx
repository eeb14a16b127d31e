// @vitest-environment jsdom
import { render } from "preact";
import { expect, test, vi } from "vitest";
import { Matrix } from "./matrix";

test("keys bring a cell into sight, and the mouse moves nothing", async () => {
  vi.stubGlobal("ResizeObserver", class {
    observe() {}
    disconnect() {}
  });
  const scroll = vi.fn();
  Element.prototype.scrollIntoView = scroll;
  const div = document.createElement("div");
  div.tabIndex = 0;
  document.body.append(div);
  const columns = ["a", "b"].map((name) => ({ name, short: name }));
  const rows = [{ head: ["x"], cells: ["1", "2"].map((text) => ({ text, share: 0 })) }];
  const tip = (_: number, column: number) => ({ title: `tip ${column}`, rows: [] });
  render(<Matrix label="m" heads={["n"]} columns={columns} rows={rows} tip={tip} />, div);
  const said = (title: string) =>
    vi.waitFor(() => expect(div.querySelector(".dw-tip-title")?.textContent).toBe(title));
  const press = (key: string) => div.dispatchEvent(new KeyboardEvent("keydown", { key }));

  const [, second] = div.querySelectorAll("[data-cell]");
  await vi.waitFor(() => {
    second?.dispatchEvent(new MouseEvent("pointerover", { bubbles: true }));
    expect(div.querySelector(".dw-tip-title")?.textContent).toBe("tip 1");
  });
  expect(scroll).not.toHaveBeenCalled();
  press("ArrowLeft");
  await said("tip 0");
  expect(scroll).toHaveBeenCalledOnce();
  press("ArrowRight");
  await said("tip 1");
  expect(scroll).toHaveBeenCalledTimes(2);
});
