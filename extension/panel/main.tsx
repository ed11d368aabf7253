import { render } from "preact";
import { words } from "../words.ts";
import { App } from "./app.tsx";
import { inspectedTab } from "./inspected.ts";
import { NoTab } from "./states.tsx";
import { followTheme } from "./theme.ts";

const root = document.documentElement;
root.lang = words("lang");
root.dataset["browser"] = location.protocol === "moz-extension:" ? "firefox" : "chromium";
followTheme((theme) => {
  root.dataset["theme"] = theme;
});

const tabId = inspectedTab();
render(tabId === null ? <NoTab /> : <App tabId={tabId} />, document.body);
