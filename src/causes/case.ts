import { get } from "../fetch/headers.ts";
import type { Cause, CauseCode, Exchange, Failure, Header, Message, ResponseHead, Verdict } from "../model.ts";

/** What a cause is looked for in: an exchange and the check that it failed. */
export interface Case {
  readonly exchange: Exchange;
  readonly verdict: Verdict;
  readonly failure: Failure;
  /** The message whose check failed. */
  readonly message: Message;
  readonly response: ResponseHead | null;
  /** What began before it in the same log, the latest first. */
  readonly earlier: readonly Exchange[];
}

/** A part of what causes there are. */
export type Look = (at: Case) => Cause[];

/** A cause with what stands for `$1`, `$2`, … in its sentence. */
export function cause(code: CauseCode, ...params: readonly string[]): Cause[] {
  return [{ code, params }];
}

/** The value of a field of the response at fault, or an empty string. */
export function field({ response }: Pick<Case, "response">, name: string): string {
  return get(name, response?.headers ?? []) ?? "";
}

/** The names of the fields that begin with `Access-Control-`, as they were sent. */
export function corsFields(headers: readonly Header[]): string[] {
  return headers.map(({ name }) => name).filter((name) => /^access-control-/i.test(name));
}

/** The members of a list-valued field, in lower case. */
export function members(value: string): string[] {
  return value.split(",").map((member) => member.trim().toLowerCase()).filter((member) => member !== "");
}
