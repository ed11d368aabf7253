import type { OpenFile } from "../../../src/shown.ts";
import { words } from "../../words.ts";
import { counted, number } from "../numbers.ts";
import { problemText } from "./problem-text.ts";
import { recorderText } from "./recorder-text.ts";
import type { Import, Reading, Refused } from "./use-import.ts";

/** As many names as are told of files that weren't opened. */
const NAMES = 5;

interface Props {
  readonly file: OpenFile | null;
  /** How many requests of it touched another origin. */
  readonly crossOrigin: number;
  readonly files: Import;
  readonly onClose: () => void;
}

/** Which file is open, which is being read, and why one wasn't opened. */
export function ImportBanners({ file, crossOrigin, files, onClose }: Props) {
  const { reading, refused, cancel, dismiss } = files;
  return (
    <>
      <div role="alert">{refused !== null && <Refusal refused={refused} onDismiss={dismiss} />}</div>
      {reading !== null && <Progress reading={reading} onCancel={cancel} />}
      <div role="status">
        {file !== null && (
          <p class="banner banner-file">
            <span>
              {words("import_open", [file.name, recorderText(file.source.tool), counted("cross_origin", crossOrigin)])} {words("import_behind")}
            </span>
            <button type="button" class="button" onClick={onClose}>
              {words("import_close")}
            </button>
          </p>
        )}
      </div>
    </>
  );
}

function Refusal({ refused: { name, problem, others }, onDismiss }: { readonly refused: Refused; readonly onDismiss: () => void }) {
  const [told, untold] = [others.slice(0, NAMES), others.length - NAMES];
  return (
    <div class="banner banner-warning banner-refused">
      <div>
        {problem !== null && (
          <p>
            <strong>{words("import_failed", [name])}</strong> {problemText(problem)}
          </p>
        )}
        {others.length > 0 && <p>{untold > 0 ? words("import_others_more", [told.join(", "), number(untold)]) : words("import_others", [told.join(", ")])}</p>}
      </div>
      <button type="button" class="button button-stop" onClick={onDismiss}>
        {words("import_dismiss")}
      </button>
    </div>
  );
}

/** Once all bytes are there nothing tells how long the rest takes. */
function Progress({ reading: { name, size, bytes }, onCancel }: { readonly reading: Reading; readonly onCancel: () => void }) {
  const label = words(bytes < size ? "import_reading" : "import_judging", [name]);
  return (
    <section class="banner banner-reading" aria-label={words("import_label")}>
      <span>{label}</span>
      {bytes < size ? <progress aria-label={label} value={bytes} max={size} /> : <progress aria-label={label} />}
      <button type="button" class="button button-stop" onClick={onCancel}>
        {words("import_cancel")}
      </button>
    </section>
  );
}
