import type { ComponentChildren } from "preact";
import type { Reference } from "../../src/references.ts";
import { words } from "../words.ts";

interface Props {
  readonly reference: Reference;
  readonly children?: ComponentChildren;
}

/** Where a reason can be read up: the standard, MDN, and what else the caller has. */
export function References({ reference: { standard, mdn }, children }: Props) {
  const { name, step, url } = standard;
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
