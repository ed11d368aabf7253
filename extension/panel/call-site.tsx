import { useState } from "preact/hooks";
import { placeOf } from "../../src/call-sites.ts";
import { words } from "../words.ts";
import { sourceOpener } from "./other-tools.ts";

/** Where in the page's code a request was asked for: opens that line where DevTools can. */
export function CallSite({ site }: { readonly site: string }) {
  const [gone, setGone] = useState(false);
  const open = sourceOpener();
  const place = placeOf(site);
  return (
    <p class="call-site">
      {words("call_site")}{" "}
      {open === null || place === null ? (
        <code>{site}</code>
      ) : (
        <button type="button" class="text-button" title={words("call_site_open")} onClick={() => open(place, (found) => setGone(!found))}>
          <code>{site}</code>
        </button>
      )}
      <span role="status">{gone && ` ${words("call_site_gone")}`}</span>
    </p>
  );
}
