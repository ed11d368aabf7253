import type { Exchange, Header, Message } from "../model.ts";

/**
 * All that a verdict depends on, as text: the same for exchanges that differ in nothing but their times and names, such
 * as those of a page that asks in a loop. Null for one of which more is known than its messages.
 */
export function likenessOf({ type, origin, call, refused, interrupted, seenBy, hops, twins, responseStatus, unheard, serviceWorker }: Exchange): string | null {
  if (call !== null || twins.length > 0 || responseStatus !== null || unheard) return null;
  const facts = [type, origin, refused, interrupted, seenBy, serviceWorker];
  return `${facts.join(" ")}\n${hops.map(({ preflight, request }) => `${preflight === null ? "" : messageText(preflight)}\n${messageText(request)}`).join("\n\n")}`;
}

function messageText({ url, method, requestHeaders, response, responseStarted, redirectUrl, end }: Message): string {
  const sent = requestHeaders === null ? "never sent" : headersText(requestHeaders);
  const answer = response === null ? "no response" : `${response.status} ${response.linesKnown}\n${headersText(response.headers)}`;
  return `${method} ${url}\n${sent}\n${answer}\n${responseStarted} ${redirectUrl} ${end === null ? "" : end.error}`;
}

/** No check looks at the clock. */
function headersText(headers: readonly Header[]): string {
  let text = "";
  for (const { name, value } of headers) if (name.length !== 4 || name.toLowerCase() !== "date") text += `${name}: ${value}\n`;
  return text;
}
