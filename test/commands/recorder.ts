import { once } from "node:events";
import { createServer } from "node:net";

/** A request as its bytes, each one a character. */
export interface Recorded {
  readonly method: string;
  readonly target: string;
  readonly lines: readonly string[];
  readonly body: string;
}

export interface Recorder {
  readonly port: number;
  /** All that came since it was last asked. */
  taken(): Recorded[];
  close(): void;
}

const OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/** A server that takes requests byte by byte, for Node's own would read some of them its way. */
export async function record(answer: (request: Recorded) => string = () => OK): Promise<Recorder> {
  let recorded: Recorded[] = [];
  const server = createServer((socket) => {
    let bytes = "";
    socket.setEncoding("latin1");
    socket.on("error", () => socket.destroy());
    socket.on("data", (data) => {
      bytes += String(data);
      const request = parsed(bytes);
      if (request === null) return;
      bytes = "";
      recorded.push(request);
      socket.end(answer(request), "latin1");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    taken() {
      const all = recorded;
      recorded = [];
      return all;
    },
    close: () => void server.close(),
  };
}

/** Null while some of it is still to come. */
function parsed(bytes: string): Recorded | null {
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return null;
  const [start = "", ...lines] = bytes.slice(0, end).split("\r\n");
  const body = bytes.slice(end + 4);
  const length = lines.flatMap((line) => /^content-length: (\d+)$/i.exec(line)?.[1] ?? []).map(Number)[0] ?? 0;
  if (body.length < length) return null;
  const [method = "", target = "", version] = start.split(" ");
  if (version !== "HTTP/1.1" || start.split(" ").length !== 3) throw new Error(`no request line: ${start}`);
  return { method, target, lines: lines.toSorted(), body };
}
