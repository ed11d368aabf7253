import browser from "../browser.ts";
import { has } from "./api.ts";

/** The two themes that the panel has. */
export type Theme = "light" | "dark";

/** Calls back with the theme of DevTools, or of the system where the page is an ordinary tab, now and at each change. */
export function followTheme(apply: (theme: Theme) => void): void {
  if (!has("devtools")) {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const follow = (): void => apply(dark.matches ? "dark" : "light");
    dark.addEventListener("change", follow);
    follow();
    return;
  }
  const { panels } = browser.devtools;
  const follow = (name: string): void => apply(name === "dark" ? "dark" : "light");
  follow(panels.themeName);
  // Chrome has a single handler, Firefox an event; neither has the other's.
  if ("setThemeChangeHandler" in panels && typeof panels.setThemeChangeHandler === "function") {
    panels.setThemeChangeHandler(follow);
  } else {
    panels.onThemeChanged.addListener(follow);
  }
}
