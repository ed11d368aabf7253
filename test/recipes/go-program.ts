import { spawnSync, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runFile } from "./server-process.ts";

/** Debian's packages are sources below one GOPATH, without modules. */
const GO = { GO111MODULE: "off", GOPATH: "/usr/share/gocode", GIN_MODE: "release" };

/**
 * Builds a program of Debian's packages and what is here, and runs it.
 * @param files name and source, `main.go` among them
 * @throws if it can't be built
 */
export function runGo(folder: string, files: Readonly<Record<string, string>>): ChildProcess {
  for (const [name, source] of Object.entries(files)) writeFileSync(join(folder, name), source);
  const { status, stderr } = spawnSync("go", ["build", "-o", "server", ...Object.keys(files)], { cwd: folder, env: { ...process.env, ...GO }, encoding: "utf8" });
  if (status !== 0) throw new Error(`go build: ${stderr}`);
  return runFile(folder, "main.go", files["main.go"] ?? "", [join(folder, "server")], GO);
}

/** The statements of a `main` with a mux that answers as a run has to, and 405 to any other method. */
export function muxAt(path: string): string {
  return `	mux := http.NewServeMux()
	mux.HandleFunc("${path}", func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case "GET", "PUT", "POST":
			w.Header().Set("Content-Type", "application/json")
			w.Write([]byte(\`{"ok":true}\`))
		default:
			w.WriteHeader(http.StatusMethodNotAllowed)
		}
	})
`;
}
