import type { Order } from "../page.ts";

export interface Result {
  /** Whether the page got to see the response. */
  readonly passed: boolean;
  /** In the words a developer meets in the console. */
  readonly text: string;
}

/** Sends the order with fetch, on a page, in a frame or in a worker alike. */
export async function sendFetch({ url, ask }: Order): Promise<Result> {
  const init: RequestInit = { method: ask.method ?? "GET", headers: (ask.headers ?? []).map(([name, value]) => [name, value]) };
  if (ask.credentials) init.credentials = ask.credentials;
  if (ask.body !== undefined) init.body = ask.body;
  try {
    const response = await fetch(url, init);
    return { passed: true, text: `${response.status} ${response.statusText}`.trim() };
  } catch (error) {
    return { passed: false, text: String(error) };
  }
}
