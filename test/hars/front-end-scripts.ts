/** Sources of the scripts that run in the front end of Chrome's DevTools. Each is an expression. */

/** How many requests the Network panel has, and how many of them are over. */
export const COUNT_REQUESTS = `import("./models/logs/logs.js").then(({ NetworkLog }) => {
  const requests = NetworkLog.NetworkLog.instance().requests();
  return { all: requests.length, finished: requests.filter(({ finished }) => finished).length };
})`;

const view = `(await import("./panels/network/network.js")).NetworkPanel.NetworkPanel.instance().networkLogView`;

/** What the panel's button "Export HAR" writes into the file. */
export const exportHar = (sanitize: boolean) => `(async () => {
  const { Writer } = await import("./models/har/har.js");
  return JSON.parse(await Writer.Writer.harStringForRequests(${view}.harRequests(), { sanitize: ${sanitize} }, { createSubProgress: () => ({}) }));
})()`;

/** Shows the Network panel. */
export const SHOW_NETWORK = `import("./ui/legacy/legacy.js").then(({ ViewManager }) => ViewManager.ViewManager.instance().showView("network")).then(() => true)`;

/** What the panel's button "Import HAR" does with the file that was chosen; an array of what DevTools complain of. */
export const importHar = (text: string) => `(async () => {
  const { Console } = await import("./core/common/common.js");
  await ${view}.onLoadFromFile(new File([${JSON.stringify(text)}], "imported.har"));
  return Console.Console.instance().messages().filter(({ level }) => level === "error").map(({ text }) => text);
})()`;

/** How many rows the panel's list has. */
export const COUNT_ROWS = `(async () => ${view}.flatNodesList().length)()`;

/** Every preflight in the panel, with the request that the panel's link leads to, if the two know each other. */
export const PREFLIGHTS = `import("./models/logs/logs.js").then(({ NetworkLog }) => NetworkLog.NetworkLog.instance().requests()
  .filter((request) => request.isPreflightRequest())
  .map((preflight) => {
    const main = preflight.preflightInitiatorRequest();
    return { url: preflight.url(), main: main?.preflightRequest() === preflight ? main.requestMethod + " " + main.url() : null };
  }))`;
