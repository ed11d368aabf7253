import { useMemo } from "preact/hooks";
import type { Row } from "../../src/entry.ts";
import type { Source } from "../../src/har/source.ts";
import type { Engine } from "../../src/model.ts";
import type { View } from "../../src/view.ts";
import { ExportDialog } from "./export-dialog.tsx";

/** What the user wants to export: what was chosen in the list, or whatever there is. */
export interface ExportRequest {
  /** Ids of exchanges. */
  readonly chosen: Iterable<string>;
  /** The export is of these, unless the user says otherwise. */
  readonly chosenFirst: boolean;
}

export interface ExportingProps {
  readonly request: ExportRequest;
  readonly view: View;
  /** Whose requests they are. */
  readonly engine: Engine;
  /** Who recorded the file that they are of; null where they are of the tab. */
  readonly source: Source | null;
  readonly rows: readonly Row[];
  readonly onClose: () => void;
  readonly onSaved: (name: string) => void;
}

/** The dialog, on what there was when it was opened: numbers that grow while one looks at them are no help. */
export function Exporting({ request, view, engine, source, rows, onClose, onSaved }: ExportingProps) {
  const subject = useMemo(() => {
    const all = view.entries.filter(({ listed }) => listed !== "nowhere").map(({ exchange }) => exchange);
    const [chosen, shown] = [new Set(request.chosen), new Set(rows.map(({ id }) => id))];
    return { selected: all.filter(({ id }) => chosen.has(id)), shown: all.filter(({ id }) => shown.has(id)), all };
  }, [request]);
  const log = useMemo(() => view.entries.map(({ exchange }) => exchange), [request]);
  return <ExportDialog subject={subject} log={log} engine={engine} source={source} first={request.chosenFirst ? "selected" : "all"} onClose={onClose} onSaved={onSaved} />;
}
