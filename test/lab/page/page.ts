import type { Order } from "../page.ts";
import type { Result } from "./fetch.ts";
import { send } from "./send.ts";

declare global {
  interface Window {
    run(id: string): Promise<Result>;
    runAll(): Promise<Record<string, Result>>;
  }
}

const orders = JSON.parse(find("#orders").textContent ?? "[]") as Order[];
const results = new Map<string, Result>();

/** Sends one request and shows how it went. */
async function run(id: string): Promise<Result> {
  const order = orders.find((one) => one.id === id);
  if (!order) throw new RangeError(`no scenario ${id}`);
  show(id, "pending", "…");
  const result = await send(order);
  results.set(id, result);
  show(id, result.passed ? "passed" : "blocked", result.text);
  summarise();
  return result;
}

/** Sends all, one after the other, so that the panel lists them in the order of the page. */
async function runAll(): Promise<Record<string, Result>> {
  const button = find<HTMLButtonElement>("#run-all");
  button.disabled = true;
  for (const { id } of orders) await run(id);
  button.disabled = false;
  return Object.fromEntries(results);
}

function show(id: string, state: string, text: string): void {
  find(`#row-${id}`).dataset["state"] = state;
  find(`#row-${id} .result`).textContent = text;
}

function summarise(): void {
  const passed = [...results.values()].filter((result) => result.passed).length;
  find("#summary").textContent = `${results.size - passed} blocked, ${passed} let through.`;
}

function find<E extends HTMLElement>(selector: string): E {
  const element = document.querySelector<E>(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  return element;
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (button?.id === "run-all") void runAll();
  else if (button?.dataset["run"]) void run(button.dataset["run"]);
});
Object.assign(window, { run, runAll });
