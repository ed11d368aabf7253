import { describe } from "vitest";
import { endures } from "./endures.ts";
import { ENORMOUS } from "./enormous.ts";

describe("enormous", () => endures(ENORMOUS));
