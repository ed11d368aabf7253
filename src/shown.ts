import type { Entry } from "./entry.ts";
import type { Source } from "./har/source.ts";
import type { Engine } from "./model.ts";
import { type Action, EMPTY_VIEW, update, type View } from "./view.ts";

/** What the panel has: the log of the tab, which goes on, and a file that is shown in front of it. */
export interface Shown {
  readonly live: View;
  readonly file: OpenFile | null;
}

/** A recording, once all of it was read and judged. */
export interface FileContent {
  readonly name: string;
  readonly source: Source;
  /** How many requests it has, of whatever kind. */
  readonly requests: number;
  readonly entries: readonly Entry[];
}

/** A file that is open, with a selection and a filter of its own. */
export interface OpenFile extends Omit<FileContent, "entries"> {
  readonly view: View;
}

/** All that changes what is shown. */
export type ShownAction = Action | { readonly type: "open-file"; readonly content: FileContent } | { readonly type: "close-file" };

/** What is shown after an action: what the worker says is of the log, all else of what is in front. */
export function updateShown(shown: Shown, action: ShownAction): Shown {
  const { live, file } = shown;
  switch (action.type) {
    case "open-file": {
      const { entries, ...about } = action.content;
      return { live, file: { ...about, view: { ...EMPTY_VIEW, ...habits(viewOf(shown)), entries } } };
    }
    case "close-file":
      return file === null ? shown : { live: { ...live, ...habits(file.view) }, file: null };
    case "connecting":
    case "received":
    case "interruption-told":
      return { live: update(live, action), file };
    default:
      return file === null ? { live: update(live, action), file } : { live, file: { ...file, view: update(file.view, action) } };
  }
}

/** What is in front, with what is known of the tab. */
export function viewOf({ live, file }: Shown): View {
  return file === null ? live : { ...file.view, connection: live.connection, tab: live.tab };
}

/** By whose checks it is judged; null while that isn't known. */
export function engineOf({ live, file }: Shown): Engine | null {
  return file?.source.engine ?? live.tab?.engine ?? null;
}

/** How the user likes a list to be, whatever is in it. */
function habits({ scope, grouped }: View): Pick<View, "scope" | "grouped"> {
  return { scope, grouped };
}
