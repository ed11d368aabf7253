import type { Group, Scenario } from "./scenario.ts";
import { allowOriginGroup } from "./scenarios/allow-origin.ts";
import { credentialsGroup } from "./scenarios/credentials.ts";
import { elementGroup } from "./scenarios/elements.ts";
import { networkGroup, passingGroup } from "./scenarios/network.ts";
import { preflightGroup } from "./scenarios/preflight.ts";
import { redirectGroup } from "./scenarios/redirects.ts";

/** The lab's requests in the order of the page. */
export const groups: readonly Group[] = [
  allowOriginGroup, credentialsGroup, preflightGroup, redirectGroup, elementGroup, networkGroup, passingGroup,
];

/** All of them, in one list. */
export const scenarios: readonly Scenario[] = groups.flatMap((group) => group.scenarios);
