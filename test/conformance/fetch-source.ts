/** How a fetch is made and told of, as source text: it goes to workers, to sandboxed frames and to the service worker. */
export const FETCH = `async ({ url, init }) => {
  const { upload, ...options } = init;
  const response = await fetch(url, options);
  await response.arrayBuffer();
  return response.type + ":" + response.status;
}`;

/** Answers each message with what became of the fetch that it asks for. */
export const REPLY = `onmessage = ({ data, ports: [port] }) => (${FETCH})(data).then((seen) => port.postMessage(seen), () => port.postMessage("error"))`;

/** It needs to control nothing: it fetches what it is sent. */
export const SERVICE_WORKER = `oninstall = () => skipWaiting(); onactivate = (event) => event.waitUntil(clients.claim()); ${REPLY}`;
