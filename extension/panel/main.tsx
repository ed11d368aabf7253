import { render } from "preact";
import { words } from "../words.ts";
import { App } from "./app.tsx";
import { inspectedTab } from "./inspected.ts";
import { NoTab } from "./states.tsx";
import { IS_FIREFOX } from "../is-firefox.ts";
import { followTheme } from "./theme.ts";

const root = document.documentElement;
root.lang = words("lang");
root.dataset["browser"] = IS_FIREFOX ? "firefox" : "chromium";
followTheme((theme) => {
  root.dataset["theme"] = theme;
});

const tabId = inspectedTab();
render(tabId === null ? <NoTab /> : <App tabId={tabId} />, document.body);
