import { ensureBrowser } from "./install.ts";

/** Both browsers are there before any test, which would have to wait for it, and two at once for each other. */
export default function setup(): void {
  ensureBrowser("chromium");
  ensureBrowser("gecko");
}
