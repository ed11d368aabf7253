/** What the panel remembers from one time to the next. */
type Setting = "recipe" | "grouped" | "scope" | "share" | "format" | `column-${string}`;

/** Settings of the panel's own. Where the browser grants it no storage, as Chrome may in DevTools, they last as long as the panel. */
export const settings = { get, set, remove };

const inMemory = new Map<Setting, string>();

function get(name: Setting): string | null {
  return inMemory.get(name) ?? storage()?.getItem(name) ?? null;
}

function set(name: Setting, value: string): void {
  inMemory.set(name, value);
  try {
    storage()?.setItem(name, value);
  } catch {
    // It is full: the choice lasts as long as the panel.
  }
}

function remove(name: Setting): void {
  inMemory.delete(name);
  storage()?.removeItem(name);
}

function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    // The user's settings forbid it to what is framed: https://html.spec.whatwg.org/#dom-localstorage
    return null;
  }
}
