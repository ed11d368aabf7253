import type { Entry, Row } from "../../src/entry.ts";
import type { Action } from "../../src/view.ts";
import { words } from "../words.ts";
import { curlOf } from "./curl.ts";
import { Menu, type MenuItem, type Place } from "./menu.tsx";
import { number } from "./numbers.ts";

/** What the menu does with requests. */
export interface RequestActions {
  readonly dispatch: (action: Action) => void;
  readonly onReport: (ids: ReadonlySet<string>) => void;
  /** All that is known of them. */
  readonly entriesOf: (ids: ReadonlySet<string>) => readonly Entry[];
}

export interface ContextMenuProps extends RequestActions {
  readonly place: Place;
  /** For which requests it is. */
  readonly rows: readonly Row[];
  readonly onCopy: (text: string) => void;
  readonly onClose: () => void;
}

/** What can be done with some requests. */
export function ContextMenu({ place, rows, dispatch, onReport, entriesOf, onCopy, onClose }: ContextMenuProps) {
  const ids = new Set(rows.map(({ id }) => id));
  const [host, ...others] = [...new Set(rows.map((row) => row.host))];
  const narrow = (term: string) => (): void => dispatch({ type: "narrow", term });
  const ofHost: MenuItem[] =
    host === undefined || others.length > 0
      ? []
      : [
          { label: words("menu_hide_host", [host]), act: narrow(`-domain:${nameOf(host)}`) },
          { label: words("menu_only_host", [host]), act: narrow(`domain:${nameOf(host)}`) },
        ];
  const entries = entriesOf(ids);
  const sayable = entries.some((entry) => curlOf(entry) !== null);
  const items: MenuItem[] = [
    { label: words("menu_copy_url"), act: () => onCopy(linesOf(rows.map(({ url }) => url), "\n")) },
    { label: words("menu_copy_curl"), act: sayable ? () => onCopy(linesOf(entries.flatMap((entry) => curlOf(entry) ?? []), "\n\n")) : null },
    { label: words("menu_report", [number(ids.size)]), act: () => onReport(ids) },
    ...ofHost,
  ];
  return <Menu place={place} label={words("menu_label")} items={items} onClose={onClose} />;
}

/** What failed alike was often sent alike: nobody needs the same twice. */
function linesOf(texts: readonly string[], between: string): string {
  return [...new Set(texts)].join(between);
}

/** A host without its port, as filters name it. */
function nameOf(host: string): string {
  return host.replace(/:[0-9]+$/, "");
}
