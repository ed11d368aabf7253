/** Stands in for extension/browser.ts: a `storage.session` whose bytes, as in a browser, aren't on the heap of who writes. */
const held = new Map<string, Buffer>();

/** How often it was written to, when for the last time, and how long that takes. */
export const written = { calls: 0, lastTime: 0, milliseconds: 0 };

/** The bytes that the storage holds. */
export function heldBytes(): number {
  return [...held.values()].reduce((sum, { length }) => sum + length, 0);
}

async function waited(): Promise<void> {
  written.calls += 1;
  if (written.milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, written.milliseconds));
}

const session = {
  get: async (): Promise<Record<string, unknown>> => Object.fromEntries([...held].map(([key, bytes]): [string, unknown] => [key, JSON.parse(bytes.toString())])),
  set: async (values: Readonly<Record<string, unknown>>): Promise<void> => {
    await waited();
    for (const [key, value] of Object.entries(values)) {
      const bytes = Buffer.from(JSON.stringify(value));
      held.set(key, bytes);
    }
    written.lastTime = performance.now();
  },
  remove: async (keys: readonly string[]): Promise<void> => {
    await waited();
    for (const key of keys) held.delete(key);
    written.lastTime = performance.now();
  },
};

export default { storage: { session } };
