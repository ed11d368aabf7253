import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Engine } from "./browser.ts";

type Known = { variable: string; product: string; package: string; names: string[]; places: Partial<Record<NodeJS.Platform, string[]>> };

const KNOWN: Record<Engine, Known> = {
  chromium: {
    variable: "CHROME_PATH",
    product: "Chrome or Chromium",
    package: "chromium",
    names: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "google-chrome-beta"],
    places: {
      linux: ["/opt/google/chrome/chrome", "/snap/bin/chromium"],
      darwin: [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Google Chrome Beta.app/Contents/MacOS/Google Chrome Beta",
      ],
      win32: ["Google\\Chrome\\Application\\chrome.exe", "Chromium\\Application\\chrome.exe"],
    },
  },
  gecko: {
    variable: "FIREFOX_PATH",
    product: "Firefox",
    package: "firefox-esr",
    names: ["firefox", "firefox-esr", "firefox-developer-edition"],
    places: {
      linux: ["/opt/firefox/firefox", "/snap/bin/firefox", "/usr/lib/firefox-esr/firefox-esr"],
      darwin: ["/Applications/Firefox.app/Contents/MacOS/firefox", "/Applications/Firefox Developer Edition.app/Contents/MacOS/firefox"],
      win32: ["Mozilla Firefox\\firefox.exe", "Firefox Developer Edition\\firefox.exe"],
    },
  },
};

/**
 * Looks for a browser on this machine.
 * @param engine which engine the browser must have
 * @returns the path of its executable, or null if none is in the usual places
 * @throws if `CHROME_PATH` or `FIREFOX_PATH` is set to something that can't be run
 */
export function findBrowser(engine: Engine): string | null {
  const { variable, names, places } = KNOWN[engine];
  const chosen = process.env[variable];
  if (chosen) {
    if (!runnable(chosen)) throw new Error(`${variable} is set to ${chosen}, but that is not a program that can be run`);
    return chosen;
  }
  const windowsRoots = [process.env["ProgramFiles"], process.env["ProgramFiles(x86)"], process.env["LOCALAPPDATA"]].filter((root) => root !== undefined);
  const usual = places[process.platform] ?? [];
  const candidates = [
    ...(process.env["PATH"] ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
    ...(process.platform === "win32" ? windowsRoots.flatMap((root) => usual.map((place) => join(root, place))) : usual),
  ];
  return candidates.find(runnable) ?? null;
}

/**
 * Finds a browser, or installs Debian's own when this is root on a system with apt.
 * @param engine which engine the browser must have
 * @returns the path of its executable
 * @throws if there is none and none could be installed; the message says what to install or which variable to set
 */
export function ensureBrowser(engine: Engine): string {
  const found = findBrowser(engine);
  if (found) return found;
  const { variable, product, package: debian } = KNOWN[engine];
  const advice = `Install ${product} (on Debian: apt-get install ${debian}), or set ${variable} to its executable`;
  installPackage(debian, `No ${product} found`, advice);
  const installed = findBrowser(engine);
  if (!installed) throw new Error(`apt-get installed ${debian}, but no executable of it is on the PATH. ${advice}.`);
  return installed;
}

/**
 * Installs a package of Debian's, when this is root on a system with apt.
 * @throws if it can't, saying what is wanting and what to do about it
 */
export function installPackage(debian: string, wanting: string, advice: string): void {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) throw new Error(`${wanting}. ${advice}.`);
  process.stderr.write(`${wanting}: installing Debian's ${debian}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "-y", debian]]) {
    const { status } = spawnSync("apt-get", args, { env, stdio: ["ignore", 2, 2] });
    if (status !== 0) throw new Error(`apt-get ${args.join(" ")} failed (exit ${status}). ${advice}.`);
  }
}

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
