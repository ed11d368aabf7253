import type { Engine } from "../model.ts";
import { chromium } from "./chromium.ts";
import { gecko } from "./gecko.ts";
import type { EngineRules } from "./rules.ts";

/** The rules of both engines. */
export const ENGINES: Readonly<Record<Engine, EngineRules>> = { chromium, gecko };
