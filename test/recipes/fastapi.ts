import { fastapi } from "../../src/servers/fastapi.ts";
import { PYTHON } from "./debian-python.ts";
import type { RecipeRun } from "./recipe-run.ts";
import { runFile } from "./server-process.ts";

/** FastAPI on uvicorn. */
export const fastapiRun: RecipeRun = {
  recipe: fastapi,
  debian: ["python3-fastapi", "python3-uvicorn"],
  start: async ({ folder, port, policy, text }) => runFile(folder, "main.py", main(policy.path, text ?? ""), [PYTHON, "-m", "uvicorn", "--host", "127.0.0.1", "--port", String(port), "main:app"]),
};

function main(path: string, text: string): string {
  return `from fastapi import FastAPI

app = FastAPI()

${text}

@app.api_route("${path}", methods=["GET", "PUT", "POST"])
def answer():
    return {"ok": True}
`;
}
