import type { ComponentChildren } from "preact";
import type { Code } from "../../src/model.ts";
import { referenceFor } from "../../src/references.ts";
import { words } from "../words.ts";

interface Props {
  readonly code: Code;
  readonly children?: ComponentChildren;
}

/** Where a reason can be read up: the standard, MDN, and what else the caller has. */
export function References({ code, children }: Props) {
  const { standard: { name, step, url }, mdn } = referenceFor(code);
  return (
    <p class="links">
      <Link url={url} text={step === null ? words("reference_standard", [name]) : words("reference_step", [name, step])} />
      <Link url={mdn} text={words("reference_mdn", [mdn.slice(mdn.lastIndexOf("/") + 1)])} />
      {children}
    </p>
  );
}

function Link({ url, text }: { readonly url: string; readonly text: string }) {
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  );
}
