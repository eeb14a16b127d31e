// What VS Code's Jupyter extension does in the webview of a notebook, with its own build of Jupyter's
// widgets: https://github.com/microsoft/vscode-jupyter, src/webviews/webview-side/ipywidgets/kernel.
// Its messages to the kernel pass through the extension; here they go to Jupyter's server.
import { KernelManager, ServerConnection } from "@jupyterlab/services";
import { activate } from "@vscode/jupyter-ipywidgets8";

const VIEW = "application/vnd.jupyter.widget-view+json";
const loader = {
  widgetsRegisteredInRequireJs: new Set(),
  async loadWidgetScript(name) {
    // From the environment's own files, which the extension looks for first.
    requirejs.config({ paths: { [name]: `${location.origin}/static/webview/nbextensions/${name}/index` } });
    this.widgetsRegisteredInRequireJs.add(name);
  },
  successHandler() {},
  errorHandler(...told) {
    console.error(...told);
  },
};

activate();
window.vscIPyWidgets8.load();
const serverSettings = ServerConnection.makeSettings({ baseUrl: `${location.origin}/` });
const kernel = await new KernelManager({ serverSettings }).startNew({ name: "python3" });
const manager = new window.vscIPyWidgets.WidgetManager(kernel, document.body, loader, () => {});

for (const cell of JSON.parse(document.getElementById("cells").textContent)) {
  const running = kernel.requestExecute({ code: cell });
  running.onIOPub = async ({ content }) => {
    if (content.evalue) console.error(content.evalue);
    const shown = content.data?.[VIEW];
    if (!shown) return;
    const node = document.createElement("div");
    node.className = "output cell-output-ipywidget-background";
    document.querySelector("#container > div > div").append(node);
    const model = await manager.get_model(shown.model_id);
    await manager.display_view(shown, await manager.create_view(model, { el: node }), { node });
  };
  await running.done;
}
