/** Sources of the scripts that run with Firefox's own privileges, in its browser window. Each is an expression. */

/** @returns the extension's id of the tab in front */
export const SELECTED_TAB_ID = `ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs")
  .ExtensionParent.apiManager.global.tabTracker.getId(gBrowser.selectedTab)`;

/** Collects CORS messages as they come: the console itself keeps only the last 250 of all. */
export const COLLECT_CORS_MESSAGES = `(() => {
  window.corsMessages = [];
  window.corsListener = { observe(message) {
    const error = message instanceof Ci.nsIScriptError ? message : null;
    if (error && error.category.startsWith("CORS")) window.corsMessages.push({ category: error.category, text: error.errorMessage });
  } };
  Services.console.registerListener(window.corsListener);
})()`;

export const TAKE_CORS_MESSAGES = `window.corsMessages.splice(0)`;

const extension = (id: string) => `WebExtensionPolicy.getByID(${JSON.stringify(id)}).extension`;
export const backgroundRuns = (id: string) => `["starting", "running"].includes(${extension(id)}.backgroundState)`;
/** Without asking whether it is idle: while an event is on its way to it, it wouldn't be stopped, and nobody would be told. */
export const terminateBackground = (id: string) => `${extension(id)}.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true }).then(() => true)`;

/** What the switch in `about:addons` does. */
export const changeAccess = (id: string, granted: boolean) => `ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs").ExtensionPermissions
  .${granted ? "add" : "remove"}(${JSON.stringify(id)}, { permissions: [], origins: ["<all_urls>"] }, ${extension(id)}).then(() => true)`;

/** What the buttons in `about:debugging` and `about:addons` do. */
export const renew = (id: string, how: "reload" | "disable") => `ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs").AddonManager.getAddonByID(${JSON.stringify(id)})
  .then((addon) => ${how === "reload" ? "addon.reload()" : "addon.disable().then(() => addon.enable())"}).then(() => true)`;

/** @returns the operating system's id of the process that a tab's page lives in */
export const processOfTab = (tabId: number) => `ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs")
  .ExtensionParent.apiManager.global.tabTracker.getTab(${tabId}).linkedBrowser.browsingContext.currentWindowGlobal.osPid`;

/**
 * Opens DevTools for the tab with an id, in a window of its own, and shows the extension's panel.
 * Scripts get into the panel by a frame script: BiDi has no context for it.
 */
export const openToolbox = (tabId: number) => `(async () => {
  const { require } = ChromeUtils.importESModule("resource://devtools/shared/loader/Loader.sys.mjs");
  const { gDevTools } = require("devtools/client/framework/devtools");
  const { tabTracker } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs").ExtensionParent.apiManager.global;
  const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
  const toolbox = await gDevTools.showToolboxForTab(tabTracker.getTab(${tabId}), { toolId: "webconsole", hostType: "window" });
  const isPanel = (tool) => tool.id.startsWith("webext-devtools-panel-");
  for (let tries = 0; tries < 200 && !toolbox.getAdditionalTools().some(isPanel); tries++) await pause();
  const tool = toolbox.getAdditionalTools().find(isPanel);
  if (!tool) throw new Error("DevTools lists no extension panel");
  await toolbox.selectTool(tool.id);
  const find = () => toolbox.win.document.getElementById("toolbox-panel-iframe-" + tool.id)?.contentDocument?.querySelector("browser");
  for (let tries = 0; tries < 200 && !find()?.currentURI?.spec.includes("/panel.html"); tries++) await pause();
  toolbox.topWindow.focus();
  find().focus();
  const { messageManager } = find();
  messageManager.loadFrameScript("data:," + encodeURIComponent(${JSON.stringify(`addMessageListener("panel:run", async ({ data }) => {
    const sandbox = Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
    const answer = await Promise.resolve().then(() => Cu.evalInSandbox(data.source, sandbox)).then((value) => ({ value }), (error) => ({ error: String(error) }));
    sendAsyncMessage("panel:ran", { id: data.id, ...answer });
  });
  addMessageListener("panel:press", ({ data: { id, key, modifiers } }) => {
    const processor = Cc["@mozilla.org/text-input-processor;1"].createInstance(Ci.nsITextInputProcessor);
    const codes = { " ": "Space", Shift: "ShiftLeft", Control: "ControlLeft", Alt: "AltLeft" };
    const eventOf = (key) => new content.KeyboardEvent("", { key, code: codes[key] ?? (key.length === 1 ? "" : key) });
    if (!processor.beginInputTransactionForTests(content)) throw new Error("Another has the keyboard");
    for (const modifier of modifiers) processor.keydown(eventOf(modifier));
    processor.keydown(eventOf(key));
    processor.keyup(eventOf(key));
    for (const modifier of modifiers) processor.keyup(eventOf(modifier));
    sendAsyncMessage("panel:ran", { id, value: null });
  })`)}), false);
  let last = 0;
  const ask = (name, data) => new Promise((resolve, reject) => {
    const id = ++last;
    const listen = ({ data }) => {
      if (data.id !== id) return;
      messageManager.removeMessageListener("panel:ran", listen);
      data.error ? reject(new Error(data.error)) : resolve(data.value);
    };
    messageManager.addMessageListener("panel:ran", listen);
    messageManager.sendAsyncMessage(name, { ...data, id });
  });
  window.corsToolbox = { toolbox, id: tool.id, run: (source) => ask("panel:run", { source }), press: (key, modifiers) => ask("panel:press", { key, modifiers }), focus: () => { toolbox.topWindow.focus(); find().focus(); } };
})()`;

/** What the choice in DevTools' settings does. */
export const changeTheme = (theme: "light" | "dark") => `Services.prefs.setCharPref("devtools.theme", ${JSON.stringify(theme)})`;
export const runInPanel = (source: string) => `window.corsToolbox.run(${JSON.stringify(source)})`;
export const showPanel = `window.corsToolbox.toolbox.selectTool(window.corsToolbox.id).then(() => true)`;
export const FOCUS_PANEL = `window.corsToolbox.focus()`;

/**
 * Presses a key by the browser's own text input processor, as its implementation of WebDriver does: the events are trusted,
 * and what the browser does at a key happens. BiDi can't do it here, as it has no context for the panel.
 */
export const pressInPanel = (chord: string) => `window.corsToolbox.press(${JSON.stringify(chord.split("+").at(-1))}, ${JSON.stringify(chord.split("+").slice(0, -1))})`;
export const closeToolbox = `window.corsToolbox.toolbox.destroy().then(() => true)`;

/** @returns a data: URL of a PNG of the whole toolbox */
export const drawToolbox = (width: number, height: number) => `(async () => {
  const top = window.corsToolbox.toolbox.topWindow;
  top.resizeTo(${width}, ${height});
  await new Promise((resolve) => setTimeout(resolve, 500));
  const bitmap = await top.browsingContext.currentWindowGlobal.drawSnapshot(null, 1, "white");
  const canvas = top.document.createElementNS("http://www.w3.org/1999/xhtml", "canvas");
  Object.assign(canvas, { width: bitmap.width, height: bitmap.height }).getContext("2d").drawImage(bitmap, 0, 0);
  return canvas.toDataURL("image/png");
})()`;
