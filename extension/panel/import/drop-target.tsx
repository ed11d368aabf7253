import { words } from "../../words.ts";

/** Where to drop a file, while one is over the panel. It lets the pointer through, so that it is never what is left. */
export function DropTarget() {
  return (
    <div class="drop-target" aria-hidden="true">
      <p>{words("import_drop")}</p>
    </div>
  );
}
