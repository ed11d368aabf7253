import type { Browser, DevToolsPanel } from "../browsers/browser.ts";

/** In bytes, after a garbage collection. Firefox runs worker and panel in one process, and tells only of that. */
export interface Heap {
  readonly worker: number | null;
  readonly panel: number | null;
  readonly process: number | null;
}

/** Measures what the extension holds; a worker that isn't there has nothing. */
export async function heapOf(browser: Browser, panel: DevToolsPanel): Promise<Heap> {
  if (browser.engine === "gecko") return { worker: null, panel: null, process: await panel.around<number>(EXTENSION_PROCESS) };
  return { worker: await collected(browser, "/background.js"), panel: await collected(browser, "/panel.html"), process: null };
}

async function collected(browser: Browser, address: string): Promise<number | null> {
  try {
    const protocol = await browser.attach(address);
    if (protocol === null) return null;
    await protocol.send("HeapProfiler.collectGarbage");
    const { usedSize } = (await protocol.send("Runtime.getHeapUsage")) as { usedSize: number };
    await protocol.detach();
    return usedSize;
  } catch {
    // It was killed just now.
    return null;
  }
}

/** Runs in Firefox's browser window. The panel's process is the one of all extensions. */
const EXTENSION_PROCESS = `(async () => {
  const frame = window.corsToolbox.toolbox.win.document.getElementById("toolbox-panel-iframe-" + window.corsToolbox.id).contentDocument.querySelector("browser");
  frame.messageManager.loadFrameScript("data:,for (let turn = 0; turn < 3; turn += 1) { Cu.forceGC(); Cu.forceCC(); }", false);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const { children } = await ChromeUtils.requestProcInfo();
  return children.find(({ type }) => type === "extension")?.memory ?? 0;
})()`;
