import { useEffect, useRef } from "preact/hooks";
import type { Station as StationData } from "../../src/messages.ts";
import { words } from "../words.ts";
import { number } from "./numbers.ts";
import { Headers } from "./headers.tsx";
import { scrollToTop } from "./scrolling.ts";

interface Props {
  readonly station: StationData;
  /** The browser did block it; otherwise it may have. */
  readonly certain: boolean;
  /** It was chosen in the picture: another object each time. */
  readonly chosen: object | null;
}

/** One message of the exchange: its line, and its headers, open where a check fails. */
export function Station({ station, certain, chosen }: Props) {
  const { kind, method, url, failing, absent, redirectUrl } = station;
  const failed = failing.length > 0;
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (chosen === null || details.current === null) return;
    details.current.open = true;
    scrollToTop(details.current);
    details.current.querySelector("summary")?.focus({ preventScroll: true });
  }, [chosen]);
  return (
    <li class={`station${failed ? " station-failed" : ""}${absent === null ? "" : " station-absent"}${chosen === null ? "" : " station-chosen"}`}>
      <details ref={details} open={failed}>
        <summary>
          <span class="station-kind">{words(`station_${kind}`)}</span>
          <span class="method">{method}</span>
          <Result station={station} />
          {failed && <span class="station-fails">{words(certain ? "station_failing" : "station_may_fail")}</span>}
          <span class="station-url">{url}</span>
        </summary>
        {absent === null && (
          <>
            <Headers title={words("headers_request")} lines={station.requestHeaders} />
            {station.response !== null && <Headers title={words("headers_response")} lines={station.responseHeaders} />}
            {redirectUrl !== null && <p class="station-note">{words("redirects_to", [redirectUrl])}</p>}
            {station.error !== null && <p class="station-note">{words("ended_with", [station.error])}</p>}
          </>
        )}
      </details>
    </li>
  );
}

function Result({ station }: { readonly station: StationData }) {
  const { absent, response, source, statusAtFault, fromCache } = station;
  if (absent === "not-sent") return <span class="station-result">{words("station_not_sent")}</span>;
  if (source !== null) {
    return <span class="station-result">{words("station_preflight_cached", [number(Math.round(source.age)), number(source.maxAge)])}</span>;
  }
  if (absent === "preflight-unseen") return <span class="station-result">{words("station_preflight_unseen")}</span>;
  if (response === null) {
    return <span class="station-result">{words(station.ended ? "station_no_response" : "station_pending")}</span>;
  }
  return (
    <span class="station-result">
      <span class={statusAtFault ? "status status-at-fault" : "status"}>
        {`${response.status} ${response.statusText}`.trim()}
      </span>
      {fromCache && ` (${words("from_cache")})`}
    </span>
  );
}
