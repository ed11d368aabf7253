import { NOT_JSON } from "./not-json.ts";
import { OURS } from "./ours.ts";
import { STRANGE } from "./strange.ts";
import { TOOLS } from "./tools.ts";
import { WRONG_TYPES } from "./wrong-types.ts";

/** A broken or hostile file. */
export interface Hostile {
  readonly name: string;
  readonly text: () => string;
  /** The place where it is wrong, or its beginning; null where it has to be read all the same. Either will do where it isn't given. */
  readonly place?: string | null;
}

/** All of them but the enormous ones, by what is wrong with them. */
export const CORPUS: Readonly<Record<string, readonly Hostile[]>> = {
  "not JSON": NOT_JSON,
  "wrong types": WRONG_TYPES,
  "strange values": STRANGE,
  "our own, corrupted": OURS,
  "other tools": TOOLS,
};
