import { createServer, type AddressInfo } from "node:net";

/** A port of 127.0.0.1, if nothing listens on it. */
function freePort(wanted: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(isBound(address) ? address.port : null));
    });
  });
}

function isBound(address: string | AddressInfo | null): address is AddressInfo {
  return address !== null && typeof address !== "string";
}

/** Any free port, below those that the system gives to whoever asks: until a server is up, somebody else would get it. */
export async function anyPort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if ((await freePort(port)) !== null) return port;
  }
  throw new Error("No port of 127.0.0.1 is free");
}

/**
 * Two free ports of which one begins with the other's digits: a server that compares no more than how origins begin lets
 * in the wrong one. Both in ranges that browsers don't refuse to open.
 */
export async function portAndLookalike(): Promise<{ port: number; lookalike: number }> {
  for (let port = 2100; port < 3600; port += 1) {
    if ((await freePort(port)) !== null && (await freePort(port * 10)) !== null) return { port, lookalike: port * 10 };
  }
  throw new Error("No two such ports of 127.0.0.1 are free");
}
