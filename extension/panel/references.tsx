import type { Reference } from "../../src/references.ts";
import { words } from "../words.ts";

/** Where a reason can be read up: the standard, and MDN. */
export function References({ reference: { standard, mdn } }: { readonly reference: Reference }) {
  const { name, step, url } = standard;
  return (
    <p class="links">
      <Link url={url} text={step === null ? words("reference_standard", [name]) : words("reference_step", [name, step])} />
      <Link url={mdn} text={words("reference_mdn", [mdn.slice(mdn.lastIndexOf("/") + 1)])} />
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
