import type { CredentialsMode, Header } from "../model.ts";
import { get } from "./headers.ts";

/** What the CORS check reads of a request. */
export interface CorsCheckRequest {
  /** The result of byte-serializing the request's origin: `null` when it is opaque or redirect-tainted. */
  readonly origin: string;
  readonly credentials: CredentialsMode;
}

/** The step at which the CORS check returns failure. */
export type CorsCheckFailure =
  | { readonly step: 2; readonly origin: null }
  | { readonly step: 4; readonly origin: string }
  | { readonly step: 8; readonly credentials: string | null };

/**
 * CORS check. https://fetch.spec.whatwg.org/#concept-cors-check
 * @param headers the response's header list
 * @returns the steps that return failure, in order; empty is success. After the first, the standard's own check ends.
 */
export function corsCheck(request: CorsCheckRequest, headers: readonly Header[]): CorsCheckFailure[] {
  const failures: CorsCheckFailure[] = [];

  // 1. Let origin be the result of getting `Access-Control-Allow-Origin` from response's header list.
  const origin = get("Access-Control-Allow-Origin", headers);

  // 2. If origin is null, then return failure.
  if (origin === null) failures.push({ step: 2, origin });

  // 3. If request's credentials mode is not "include" and origin is `*`, then return success.
  if (request.credentials !== "include" && origin === "*") return failures;

  // 4. If the result of byte-serializing a request origin with request is not origin, then return failure.
  if (origin !== null && request.origin !== origin) failures.push({ step: 4, origin });

  // 5. If request's credentials mode is not "include", then return success.
  if (request.credentials !== "include") return failures;

  // 6. Let credentials be the result of getting `Access-Control-Allow-Credentials` from response's header list.
  const credentials = get("Access-Control-Allow-Credentials", headers);

  // 7. If credentials is `true`, then return success.
  if (credentials === "true") return failures;

  // 8. Return failure.
  failures.push({ step: 8, credentials });
  return failures;
}
