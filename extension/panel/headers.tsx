import type { FieldLine } from "../../src/messages.ts";
import { words } from "../words.ts";

interface Props {
  readonly title: string;
  /** Null when they were not seen. */
  readonly lines: readonly FieldLine[] | null;
}

/** The headers of a request or a response, the one at fault marked, or its absence. */
export function Headers({ title, lines }: Props) {
  return (
    <table class="headers">
      <caption>
        {title}
        {(lines === null || lines.length === 0) && (
          <span class="nothing">{words(lines === null ? "headers_unseen" : "headers_none")}</span>
        )}
      </caption>
      <tbody>
        {(lines ?? []).map((line, index) => (
          <tr key={index} class={classOf(line)}>
            <th scope="row">{line.name}</th>
            <td>{line.value === null ? <span class="nothing">{words("header_missing")}</span> : line.value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function classOf({ name, atFault }: FieldLine): string {
  return `${isOfCors(name) ? "of-cors" : ""} ${atFault ? "at-fault" : ""}`.trim();
}

/** The headers that the CORS protocol is about stand out from the others. */
function isOfCors(name: string): boolean {
  return /^(access-control-.*|origin|vary|location)$/i.test(name);
}
