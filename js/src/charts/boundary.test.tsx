// @vitest-environment jsdom
import { render } from "preact";
import { expect, test, vi } from "vitest";
import { Boundary } from "./boundary";

function Broken(): never {
  throw new RangeError("too deep");
}

test("what cannot be drawn says so, leaves the rest, and is tried again with other content", async () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => {});
  const div = document.createElement("div");
  const draw = (of: unknown, isBroken: boolean) =>
    render(
      <>
        <Boundary of={of}>{isBroken ? <Broken /> : <p>drawn</p>}</Boundary>
        <i>rest</i>
      </>,
      div,
    );
  draw("first", true);
  await vi.waitFor(() => expect(div.textContent).toBe("This tile could not be drawn.rest"));
  expect(told).toHaveBeenCalledOnce();
  draw("second", false);
  expect(div.textContent).toBe("drawnrest");
});
