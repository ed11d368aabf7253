import type { CommandRequest } from "./command-request.ts";
import { CURL, type CurlOption, curlOptions } from "./curl.ts";
import { posixCurl, posixQuoted } from "./posix.ts";

/**
 * A script for a POSIX shell, for whoever owns the server: it sends some messages, a preflight and its request, and
 * prints of each the method and URL, then of the response the status and the fields that CORS looks at. Of several
 * heads (100 Continue, 103 Early Hints) it is the last, and nothing of the trailers, for that is what browsers check.
 * What could command a terminal is taken out of what the server says. Throws as `curlOptions`.
 */
export function checkScript(requests: readonly CommandRequest[]): string {
  const first: readonly CurlOption[] = [...CURL.map((name): CurlOption => [name]), ["silent"], ["show-error"], ["max-time", "30"], ["output", "/dev/null"], ["dump-header", "-"]];
  const calls = requests.map((request) => {
    const options = curlOptions(request);
    const [, url = ""] = options.find(([name]) => name === "url") ?? [];
    return `printf '%s\\n' ${posixQuoted(`${request.method} ${url}`)}\n${posixCurl(first, options)} | head_of_response\n`;
  });
  return `(\n${HEAD_OF_RESPONSE}\n${calls.join("echo\n")})\n`;
}

/** The fields that a CORS check, a cache or a redirect goes by. A subshell around it leaves nothing behind where this is pasted. */
const HEAD_OF_RESPONSE = `head_of_response() {
  LC_ALL=C tr -d '\\000-\\010\\013-\\037\\177' | LC_ALL=C awk '
    /^$/ { inside = 0 }
    !inside && /^HTTP\\// { inside = 1; head = $0 "\\n"; next }
    inside && tolower($0) ~ /^(access-control-[a-z-]*|vary|location|timing-allow-origin):/ { head = head $0 "\\n" }
    END { printf "%s", head }'
}`;
