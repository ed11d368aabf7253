import { later } from "./later.tsx";

/** What a panel shows only when it is asked to. */
export const DETAIL = later(async () => (await import("./detail.tsx")).Detail);
export const CONTEXT_MENU = later(async () => (await import("./context-menu.tsx")).ContextMenu);
export const EXPORTING = later(async () => (await import("./exporting.tsx")).Exporting);
export const GUIDE = later(async () => (await import("./learn/guide.tsx")).Guide);

/** Once the list is painted: so that each is there at once when the user asks for it. */
export async function loadParts(): Promise<void> {
  for (const part of [CONTEXT_MENU, DETAIL, EXPORTING, GUIDE]) await part.load();
}
