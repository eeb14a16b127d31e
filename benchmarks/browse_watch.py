"""What runs inside JupyterLab's page: when is a table's first row there, and what was sent?"""

# Counts what kernels send, and remembers what is written on canvases, place by place: the only
# honest way to see what a canvas shows.
WATCH = """(() => {
  window.sent = 0;
  window.WebSocket = class extends WebSocket {
    constructor(url, ...more) {
      super(url, ...more);
      if (String(url).includes("/channels"))
        this.addEventListener("message", ({data}) => {
          window.sent += data.byteLength ?? data.length;
        });
    }
  };
  window.written = new Map();
  const write = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...more) {
    window.written.set(`${Math.round(x)},${Math.round(y)}`, text);
    return write.call(this, text, x, y, ...more);
  };
  addEventListener("pointerup", ({timeStamp}) => (window.released = timeStamp), true);

  const within = (node, selector) => {
    const found = node.querySelector(selector);
    if (found) return found;
    for (const {shadowRoot} of node.querySelectorAll("*")) {
      const inside = shadowRoot && within(shadowRoot, selector);
      if (inside) return inside;
    }
    return null;
  };
  // The name in the first row, or null when there is none.
  window.firstName = (selector) => {
    if (selector) {
      const output = window.jupyterapp.shell.currentWidget.content.widgets[1].outputArea.node;
      return within(output, selector)?.textContent.trim() || null;
    }
    for (const [place, text] of window.written) if (text === "Growth 0") window.place ??= place;
    return window.written.get(window.place) ?? null;
  };
  window.until = async (isIt, what, patience = 10_000) => {
    const began = performance.now();
    while (!isIt()) {
      if (performance.now() - began > patience) throw new Error(`${what} did not come`);
      await new Promise(requestAnimationFrame);
    }
  };
  window.painted = () => new Promise((done) =>
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now());
      channel.port2.postMessage(0);
    }));
})()"""

# From the execute_request of the second cell to the frame that shows the list's first row; and,
# of our tables, from the message with the list.
FIRST = """async (selector) => {
  const {content, sessionContext} = window.jupyterapp.shell.currentWidget;
  content.widgets[1].outputArea.model.clear();
  window.written.clear();
  window.place = undefined;
  await window.until(() => window.firstName(selector) === null, "an empty cell");
  await window.painted();
  let asked, told;
  const {kernel} = sessionContext.session;
  const hear = (_, {msg, direction}) => {
    const {_anywidget_id: kind = ""} = msg.content.data?.state ?? {};
    if (msg.header.msg_type === "comm_open" && kind.endsWith(".Browser")) told = performance.now();
    if (direction !== "send" || msg.header.msg_type !== "execute_request") return;
    asked = performance.now();
    window.sent = 0;
  };
  kernel.anyMessage.connect(hear);
  content.activeCellIndex = 1;
  void window.jupyterapp.commands.execute("notebook:run-cell");
  await window.until(() => window.firstName(selector) === "Growth 0", "the first row");
  const shown = await window.painted();
  const {sent} = window;
  kernel.anyMessage.disconnect(hear);
  return {took: shown - asked, drawn: shown - told, sent};
}"""

# From the last click to the frame whose first row is the first by name in every collation.
WAIT_FOR_SORT = """(selector) => {
  window.sent = 0;
  const sort = async () => {
    await window.until(() => window.firstName(selector)?.startsWith("Check"), "the sorted rows");
    const shown = await window.painted();
    return {took: shown - window.released, sent: window.sent};
  };
  window.sorting = sort();
  window.sorting.catch(() => {}); // asked for later
}"""
SORTED = "() => window.sorting"
