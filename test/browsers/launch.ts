import type { Browser, Engine, LaunchOptions } from "./browser.ts";
import { launchChromium } from "./chromium.ts";
import { launchFirefox } from "./firefox.ts";

/**
 * Starts a browser with the extension in it, in a fresh profile unless there is one.
 * @param engine which of the two
 * @throws if no such browser is installed or the extension doesn't load
 */
export function launch(engine: Engine, options: LaunchOptions): Promise<Browser> {
  return engine === "chromium" ? launchChromium(options) : launchFirefox(options);
}
