import type { Read } from "./pages.ts";

/** One thing that has to hold of a server, and whether it did. */
export interface Expectation {
  readonly what: string;
  readonly holds: boolean;
  /** Some tools can't: it is told, and fails nothing. */
  readonly optional?: true;
}

/** The page reads an answer with a status. */
export function reads(what: string, got: Read | null, status = 200): Expectation {
  return { what: `${what} is readable${got === null ? "" : ` with ${status}, not ${got.status}`}`, holds: got?.status === status };
}

/** The browser keeps the answer from the page. */
export function isRefused(what: string, got: Read | null): Expectation {
  return { what: `${what} is refused`, holds: got === null };
}
