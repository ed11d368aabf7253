/** Sources of the scripts that run in Firefox's browser window, once DevTools are open. Each is an expression. */

const toolbox = "window.corsToolbox.toolbox";

/** Shows the Network panel, which listens from then on. */
export const SHOW_NETMONITOR = `${toolbox}.selectTool("netmonitor").then(() => true)`;

/** How many requests the Network panel has, and how many of them are over. */
export const COUNT_REQUESTS = `(() => {
  const { requests } = ${toolbox}.getPanel("netmonitor").panelWin.store.getState().requests;
  return { all: requests.length, finished: requests.filter((request) => request.eventTimings || request.totalTime !== undefined || request.blockedReason).length };
})()`;

/** What "Save All As HAR" writes into the file. */
export const EXPORT_HAR = `${toolbox}.getHARFromNetMonitor().then((log) => ({ log }))`;

/** What happens to a file that is dropped on the panel; an array of what the panel complains of. */
export const importHar = (text: string) => `(() => {
  const { windowRequire, actions } = ${toolbox}.getPanel("netmonitor").panelWin;
  const errors = [];
  windowRequire("devtools/client/netmonitor/src/har/har-menu-utils").HarMenuUtils.appendPreview(${JSON.stringify(text)}, actions, (error) => errors.push(error));
  return errors;
})()`;

/** How many rows the panel's list has. */
export const COUNT_ROWS = `${toolbox}.getPanel("netmonitor").panelWin.document.querySelectorAll(".request-list-item").length`;
