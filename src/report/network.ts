import { grouped } from "../grouped.ts";
import { finishedRequest } from "../har/finished-request.ts";
import type { Message } from "../model.ts";
import { isRecord } from "../record.ts";
import { CLOCK_TOLERANCE_MILLISECONDS, requestKey } from "../same-request.ts";
import { redactedUrl } from "./redact.ts";

/** What DevTools' own log knows of a request beyond webRequest's events: fields of an entry of HAR. */
export interface NetworkDetails {
  /** In milliseconds; -1 where it does not apply. */
  readonly timings: Readonly<Record<string, number>> | null;
  readonly httpVersion: string | null;
  readonly serverIPAddress: string | null;
  /** Who asked for it, with the stack. */
  readonly initiator: object | null;
}

/** Finds what DevTools know of a message. */
export type NetworkLog = (message: Message) => NetworkDetails | null;

/**
 * Reads DevTools' own log (`devtools.network.getHAR`). Nothing links the two but URL, method and the time at which a
 * request began: of equal ones each gets the nearest.
 * @param sensitive leave the addresses in call stacks as they are
 */
export function networkLog(entries: readonly unknown[], sensitive: boolean): NetworkLog {
  const known = entries.flatMap((entry) => {
    const request = finishedRequest(entry);
    return request === null || !isRecord(entry) ? [] : [{ request, entry }];
  });
  const alike = grouped(known, ({ request }) => requestKey(request));
  return (message) => {
    const away = ({ request }: (typeof known)[number]): number => Math.abs(request.startedTime - message.startedTime);
    const candidates = alike.get(requestKey(message)) ?? [];
    const [best] = candidates.filter((each) => away(each) <= CLOCK_TOLERANCE_MILLISECONDS).sort((a, b) => away(a) - away(b));
    if (best === undefined) return null;
    candidates.splice(candidates.indexOf(best), 1);
    return detailsOf(best.entry, sensitive);
  };
}

function detailsOf({ timings, request, serverIPAddress, _initiator }: Readonly<Record<string, unknown>>, sensitive: boolean): NetworkDetails {
  const parts = isRecord(timings) ? Object.entries(timings).filter((part): part is [string, number] => typeof part[1] === "number") : [];
  const version = isRecord(request) ? request["httpVersion"] : null;
  return {
    // HAR asks for these three; what never went out has none of them.
    timings: parts.some(([name]) => name === "wait") ? { send: 0, wait: 0, receive: 0, ...Object.fromEntries(parts) } : null,
    httpVersion: typeof version === "string" && version !== "" ? version : null,
    serverIPAddress: typeof serverIPAddress === "string" && serverIPAddress !== "" ? serverIPAddress : null,
    initiator: isRecord(_initiator) ? stackOf(_initiator, sensitive) : null,
  };
}

/** The parts of an initiator that Chrome's importer reads. https://chromedevtools.github.io/devtools-protocol/tot/Network/#type-Initiator */
const READ = new Set(["type", "url", "lineNumber", "columnNumber", "stack"]);

function stackOf(initiator: Readonly<Record<string, unknown>>, sensitive: boolean): object {
  const parts = Object.fromEntries(Object.entries(initiator).filter(([name]) => READ.has(name)));
  return sensitive ? parts : withoutAddresses(parts);
}

/** The same with the addresses in it redacted, however deep. */
function withoutAddresses(parts: Readonly<Record<string, unknown>>): object {
  const clean = (value: unknown): unknown => (Array.isArray(value) ? value.map(clean) : isRecord(value) ? withoutAddresses(value) : value);
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, name === "url" && typeof part === "string" ? redactedUrl(part) : clean(part)]));
}
