import { flask } from "../../src/servers/flask.ts";
import { PYTHON } from "./debian-python.ts";
import type { RecipeRun } from "./recipe-run.ts";
import { runFile } from "./server-process.ts";

/** Flask with an authentication that a preflight, which has nothing to show, never passes. */
export const flaskRun: RecipeRun = {
  recipe: flask,
  debian: ["python3-flask-cors", "python3-flask"],
  start: async ({ folder, port, policy, text }) => runFile(folder, "app.py", app(port, policy.path, text ?? ""), [PYTHON, "app.py"]),
};

function app(port: number, path: string, text: string): string {
  return `from flask import Flask, abort, jsonify, request

app = Flask(__name__)

${text}

@app.before_request
def authenticate():
    if request.method == "OPTIONS":
        abort(401)


@app.route("${path}", methods=["GET", "PUT", "POST"])
def answer():
    return jsonify(ok=True)


app.run(host="127.0.0.1", port=${port})
`;
}
