import type { AnsweredRequest, CallSite, FinishedRequest, HarQuestion, ToWorker } from "../src/protocol.ts";
import { isRecord } from "../src/record.ts";

/** The edge where messages to the worker enter. */
export function isToWorker(message: unknown): message is ToWorker {
  if (!isRecord(message)) return false;
  switch (message["type"]) {
    case "clear":
    case "more":
    case "stay-awake":
      return true;
    case "send-again":
      return typeof message["id"] === "string";
    case "trial":
      return (message["id"] === null || typeof message["id"] === "string") && typeof message["on"] === "boolean";
    case "record":
    case "preserve":
    case "precise":
      return typeof message["on"] === "boolean";
    case "har-written":
      return typeof message["question"] === "number" && isRecord(message["har"]);
    case "controlled":
      return typeof message["serviceWorker"] === "boolean";
    case "call-sites":
      return Array.isArray(message["sites"]) && message["sites"].every(isCallSite);
    case "field-lines":
      return Array.isArray(message["answered"]) && message["answered"].every(isAnsweredRequest);
    case "finished":
      return Array.isArray(message["requests"]) && message["requests"].every(isFinishedRequest);
    default:
      return false;
  }
}

/** @returns whether a message asks for the HAR of a tab */
export function isHarQuestion(message: unknown): message is HarQuestion {
  return isRecord(message) && message["type"] === "har" && typeof message["tabId"] === "number";
}

function isFinishedRequest(value: unknown): value is FinishedRequest {
  return (
    isRecord(value) &&
    ["url", "method", "type", "statusText", "redirectUrl"].every((field) => typeof value[field] === "string") &&
    Number.isInteger(value["status"]) &&
    [value["startedTime"], value["endedTime"]].every(isTime) &&
    typeof value["preflight"] === "boolean" &&
    [value["error"], value["callSite"]].every((field) => field === null || typeof field === "string") &&
    [value["requestHeaders"], value["responseHeaders"]].every((list) => Array.isArray(list) && list.every(isHeader))
  );
}

function isAnsweredRequest(value: unknown): value is AnsweredRequest {
  return (
    isRecord(value) &&
    ["url", "method"].every((field) => typeof value[field] === "string") &&
    Number.isInteger(value["status"]) &&
    isTime(value["startedTime"]) &&
    Array.isArray(value["responseHeaders"]) &&
    value["responseHeaders"].every(isHeader)
  );
}

function isCallSite(value: unknown): value is CallSite {
  return isRecord(value) && ["url", "method", "callSite"].every((field) => typeof value[field] === "string") && isTime(value["startedTime"]);
}

/** https://tc39.es/ecma262/#sec-time-values-and-time-range */
function isTime(value: unknown): boolean {
  return typeof value === "number" && Math.abs(value) <= 8.64e15;
}

function isHeader(value: unknown): boolean {
  return isRecord(value) && typeof value["name"] === "string" && typeof value["value"] === "string";
}
