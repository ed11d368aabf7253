import type { FailureWords } from "../../src/explain.ts";
import { words } from "../words.ts";

/** The standard and MDN on every check that fails. */
export function References({ failing }: { readonly failing: readonly FailureWords[] }) {
  const links = new Map(
    failing.flatMap(({ reference: { standard, mdn } }) => [
      [standard.url + standard.step, { url: standard.url, text: standardText(standard) }] as const,
      [mdn, { url: mdn, text: words("reference_mdn", [mdn.slice(mdn.lastIndexOf("/") + 1)]) }] as const,
    ]),
  );
  if (links.size === 0) return null;
  return (
    <section>
      <h3>{words("section_references")}</h3>
      <ul class="links">
        {[...links].map(([key, { url, text }]) => (
          <li key={key}>
            <a href={url} target="_blank" rel="noopener noreferrer">
              {text}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function standardText({ name, step }: FailureWords["reference"]["standard"]): string {
  return step === null ? words("reference_standard", [name]) : words("reference_step", [name, step]);
}
