import { expect, test } from "vitest";
import { FakeModel } from "./fake_model";
import { letGoBeside, letGoWhenClosed } from "./let_go";

/** A model as JupyterLab's: its comm outlives it, and calls whom it is told to. */
class HostModel extends FakeModel<object> {
  readonly calls: { on_close?: () => void; on_msg?: () => void } = {};
  readonly comm = {
    on_close: (call: () => void) => (this.calls.on_close = call),
    on_msg: (call: () => void) => (this.calls.on_msg = call),
  };

  constructor(state = {}) {
    super(state);
    this.comm.on_close(() => this.state);
    this.comm.on_msg(() => this.state);
  }

  once = this.on.bind(this);

  get isHeld(): boolean {
    return Object.values(this.calls).some((call) => call() !== undefined);
  }

  close(): void {
    this.tell("destroy", this);
  }
}

test("a comm holds neither a closed model nor its layout", () => {
  const layout = new HostModel();
  const model = new HostModel({ layout });
  letGoWhenClosed(model.model);
  expect([model.isHeld, layout.isHeld]).toEqual([true, true]);
  model.close();
  expect([model.isHeld, layout.isHeld]).toEqual([false, true]);
  layout.close();
  expect(layout.isHeld).toBe(false);
});

test("models beside are let go, also when one of them is gone already", async () => {
  const there = new HostModel();
  const get_model = (id: string) => (id === "there" ? Promise.resolve(there) : Promise.reject());
  await letGoBeside({ get_model }, ["gone", "there"]);
  expect(there.isHeld).toBe(true);
  there.close();
  expect(there.isHeld).toBe(false);
});

test.each([{}, { layout: "IPY_MODEL_1" }])("a host without comms like these: %o", (state) => {
  const page = new FakeModel(state);
  letGoWhenClosed(page.model);
  expect(() => page.tell("destroy", { comm: {} })).not.toThrow();
});
