import { extensionFor } from "../browsers/extension.ts";
import type { Engine, LaunchOptions } from "../browsers/browser.ts";
import { launch } from "../browsers/launch.ts";
import type { Api, Case, Field, Reply } from "./case.ts";
import { generate } from "./generate.ts";
import { ADDED_HEADERS, secondExtension } from "./second-extension.ts";
import { serveCases, type CaseServer, type Transport } from "./server.ts";
import { count, disagreement, disagrees, emptyTally, hasDisagreements, pageScript, run, totals, watch } from "./tally.ts";

/** Circumstances in which the plain cases aren't run. */
export type Kind = {
  name: string;
  /** The browsers that have it; both if left out. */
  engine?: Engine;
  transport?: Transport;
  pageHost?: string;
  /** Which of the generated cases it takes, and what it makes of them. */
  adapt?(each: Case, index: number): Case | null;
  launch?(server: CaseServer, engine: Engine): Promise<Partial<LaunchOptions>>;
  page?(server: CaseServer): string;
};

const only = (apis: readonly Api[], each: Case): boolean => apis.includes(each.api);

const CACHED: Field = ["Cache-Control", "max-age=600"];

/** A and C seem to be on the public network; B stays where it is, on loopback: what leads there, at once or by a redirect, is refused. */
function publicNetwork({ origins }: CaseServer): string {
  const [page, other] = [new URL(origins.A).port, new URL(origins.C).port];
  return `--ip-address-space-overrides=127.0.0.1:${page}=public,127.0.0.1:${other}=public,[::1]:${other}=public`;
}

/** Node doesn't repeat these fields in HTTP/2. */
const SINGLE = ["access-control-allow-credentials", "access-control-max-age", "content-type"];

function isSendable({ headers }: Reply): boolean {
  const names = headers.map(([name]) => name.toLowerCase());
  return SINGLE.every((name) => names.indexOf(name) === names.lastIndexOf(name));
}

export const KINDS: readonly Kind[] = [
  { name: "https", transport: "https", launch: async () => ({ insecureCertificates: true }) },
  { name: "http2", transport: "http2", adapt: (each) => (each.hops.every(({ preflight, response }) => isSendable(preflight) && isSendable(response)) ? each : null), launch: async () => ({ insecureCertificates: true }) },
  {
    name: "http-cache",
    adapt: (each, index) => {
      if (!only(["fetch", "xhr", "worker"], each) || !/^(?:get|head)?$/i.test(each.init.method ?? "")) return null;
      const hops = each.hops.map((hop) => ({ ...hop, response: { ...hop.response, headers: [...hop.response.headers, CACHED] } }));
      return { ...each, hops, ...(index % 2 === 0 ? { primed: true, times: 1 } : { times: 2 }), inTurn: true };
    },
  },
  {
    name: "service-worker",
    adapt: (each) => (each.api === "fetch" ? each : null),
    page: ({ serviceWorkerPageUrl }) => serviceWorkerPageUrl,
  },
  {
    name: "cross-site-frame",
    // Frames in the frame, and sandboxed.
    adapt: (each, index) => (each.api === "fetch" && index % 4 === 0 ? { ...each, api: "sandbox" } : each),
    page: ({ framingPageUrl }) => framingPageUrl,
  },
  {
    name: "local-network",
    engine: "chromium",
    launch: async (server) => ({ args: [publicNetwork(server)] }),
  },
  {
    name: "local-network-insecure-page",
    engine: "chromium",
    pageHost: "public.test",
    launch: async (server) => ({ args: [publicNetwork(server), "--host-resolver-rules=MAP public.test 127.0.0.1"] }),
  },
  { name: "second-extension", launch: async (_, engine) => ({ others: [await secondExtension(engine, ADDED_HEADERS)] }) },
];

/**
 * Runs each kind in a browser of its own and prints its disagreements and totals.
 * @param chosen `count` cases a kind; `names` null for all kinds
 * @returns whether all agreed
 */
export async function runKinds(engine: Engine, chosen: { seed: string; count: number; names: readonly string[] | null }): Promise<boolean> {
  const { seed, count: amount, names } = chosen;
  let agreed = true;
  for (const kind of KINDS) {
    if (names !== null && !names.includes(kind.name)) continue;
    if (kind.engine !== undefined && kind.engine !== engine) {
      process.stdout.write(`kind ${kind.name}: not in this browser\n`);
      continue;
    }
    agreed = (await runKind(engine, kind, casesOf(kind, seed, amount))) && agreed;
  }
  return agreed;
}

/** Cases of the same seed, until there are enough that the kind takes. */
export function casesOf(kind: Kind, seed: string, amount: number): Case[] {
  const { adapt } = kind;
  if (adapt === undefined) return generate(`${seed}-${kind.name}`, amount);
  for (let tried = amount; ; tried *= 2) {
    const taken = generate(`${seed}-${kind.name}`, tried).flatMap((each, index) => adapt(each, index) ?? []);
    if (taken.length >= amount) return taken.slice(0, amount);
  }
}

async function runKind(engine: Engine, kind: Kind, cases: readonly Case[]): Promise<boolean> {
  const server = await serveCases(await pageScript(), kind.transport, kind.pageHost);
  const tally = emptyTally();
  try {
    const browser = await launch(engine, { extension: extensionFor(engine), ...(await kind.launch?.(server, engine)) });
    try {
      const page = await browser.openPage(kind.page?.(server) ?? server.pageUrl);
      await run(browser, page, await watch(browser, page), server, cases, (outcome) => {
        if (disagrees(outcome.class)) process.stdout.write(`${disagreement(outcome)}\n`);
        count(tally, outcome);
      });
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
  process.stdout.write(`kind ${kind.name}: ${totals(tally)}\n`);
  return !hasDisagreements(tally);
}
