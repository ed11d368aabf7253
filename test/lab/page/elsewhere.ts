import type { Order } from "../page.ts";
import { sendFetch } from "./fetch.ts";

// The same script in the worker and in the sandboxed frame: an order comes with the port that its result goes to.
addEventListener("message", async (event: MessageEvent<Order>) => {
  event.ports[0]?.postMessage(await sendFetch(event.data));
});
