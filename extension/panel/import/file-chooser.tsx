import type { RefObject } from "preact";
import { words } from "../../words.ts";

interface Props {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly onFiles: (files: readonly File[]) => void;
}

/** What opens the browser's own dialog; a button stands for it. */
export function FileChooser({ input, onFiles }: Props) {
  const onChange = ({ currentTarget }: Event): void => {
    if (!(currentTarget instanceof HTMLInputElement)) return;
    onFiles([...(currentTarget.files ?? [])]);
    // The same file once more would be no change: it may have been mended meanwhile.
    currentTarget.value = "";
  };
  return <input type="file" name="har" aria-label={words("import_chooser")} hidden ref={input} accept=".har,.json,.gz,application/json,application/gzip" onChange={onChange} />;
}
