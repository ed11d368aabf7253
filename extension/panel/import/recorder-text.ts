import { words } from "../../words.ts";

/** Who recorded a file: by a name that its user knows, else as it calls itself. */
export function recorderText(tool: string): string {
  const key = RECORDERS.get(tool);
  if (key !== undefined) return words(key);
  return tool === "" ? words("recorder_unnamed") : tool;
}

const RECORDERS: ReadonlyMap<string, string> = new Map([
  ["WebInspector", "recorder_chrome"],
  ["Firefox", "recorder_firefox"],
  ["WebKit Web Inspector", "recorder_safari"],
]);
