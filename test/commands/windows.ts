/**
 * How Windows' shells read a line, for there are none here: a model of what their documentation says, no more.
 * cmd.exe: https://learn.microsoft.com/windows-server/administration/windows-commands/cmd, and for the order of its
 * steps https://stackoverflow.com/a/4095133.
 */

/** cmd.exe at its prompt, without delayed expansion: the one command line that it runs. Throws where it would do more. */
export function cmdLine(text: string, variables: ReadonlyMap<string, string>): string {
  return withoutCarets(withVariables(text, variables));
}

/** Percent expansion comes first and knows no carets; names end at `%`, or at a colon where the variable exists; what has no value stays. */
function withVariables(text: string, variables: ReadonlyMap<string, string>): string {
  let out = "";
  for (let at = 0; at < text.length; at += 1) {
    const found = text[at] === "%" ? /^%([^%:\n]+)(:[^%\n]*)?%/.exec(text.slice(at)) : null;
    const value = found === null ? undefined : variables.get((found[1] ?? "").toUpperCase());
    if (found === null || value === undefined) {
      out += text[at];
    } else {
      out += value;
      at += found[0].length - 1;
    }
  }
  return out;
}

function withoutCarets(text: string): string {
  let out = "";
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quoted || character !== "^") {
      if (character === '"') quoted = !quoted;
      if (character === "\n" || (!quoted && /[&|<>()]/.test(character))) throw new Error(`cmd acts on ${JSON.stringify(character)} at ${at}`);
      out += character;
    } else {
      // A caret at the end of a line joins the next one to it, whose first character is then literal.
      at += text[at + 1] === "\n" ? 2 : 1;
      out += text.charAt(at);
    }
  }
  return out;
}

/** The arguments that Microsoft's C library makes of a command line: https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments */
export function argvOf(line: string): string[] {
  const args: string[] = [];
  let current: string | null = null;
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const [backslashes = ""] = /^\\*/.exec(line.slice(at)) ?? [];
    if (backslashes !== "") {
      const beforeMark: boolean = line[at + backslashes.length] === '"';
      const odd: boolean = backslashes.length % 2 === 1;
      current = (current ?? "") + "\\".repeat(beforeMark ? Math.floor(backslashes.length / 2) : backslashes.length) + (beforeMark && odd ? '"' : "");
      at += backslashes.length - (beforeMark && odd ? 0 : 1);
    } else if (line[at] === '"') {
      if (quoted && line[at + 1] === '"') {
        current = `${current ?? ""}"`;
        at += 1;
      } else {
        quoted = !quoted;
        current ??= "";
      }
    } else if (!quoted && /[ \t]/.test(line.charAt(at))) {
      if (current !== null) args.push(current);
      current = null;
    } else {
      current = (current ?? "") + line.charAt(at);
    }
  }
  return current === null ? args : [...args, current];
}

const QUOTES = "'\u2018\u2019\u201a\u201b";

/**
 * What PowerShell pipes to the command, a string a line, of a text of the one shape that we write.
 * https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-02#2352-string-literals
 * @throws for all else: a quotation mark too few would leave something that is not of that shape
 */
export function pipedLines(text: string): { readonly lines: string[]; readonly command: string; readonly utf8: boolean } {
  const utf8 = /^& \{ \$OutputEncoding = New-Object Text\.UTF8Encoding \$false\n(.*)\n\}$/s.exec(text)?.[1];
  let rest = utf8 ?? text;
  const take = (expected: RegExp): string => {
    const found = expected.exec(rest);
    if (found?.index !== 0) throw new Error(`PowerShell finds ${JSON.stringify(rest.slice(0, 40))} where ${expected} has to be`);
    rest = rest.slice(found[0].length);
    return found[1] ?? found[0];
  };
  const term = (): string => {
    if (rest.startsWith("[char]")) return String.fromCharCode(Number(take(/^\[char\](\d+)/)));
    take(/^'/);
    let value = "";
    for (;;) {
      const character = rest.charAt(0);
      if (character === "") throw new Error("a string that doesn't end");
      rest = rest.slice(1);
      if (QUOTES.includes(character)) {
        if (rest === "" || !QUOTES.includes(rest.charAt(0))) return value;
        rest = rest.slice(1);
      }
      value += character;
    }
  };
  const lines: string[] = [];
  take(/^@\(\n/);
  while (!rest.startsWith(")")) {
    take(/^ {2}/);
    const grouped = rest.startsWith("(");
    if (grouped) take(/^\(/);
    let line = term();
    while (grouped && rest.startsWith(" + ")) {
      take(/^ \+ /);
      line += term();
    }
    if (grouped) take(/^\)/);
    take(/^\n/);
    lines.push(line);
  }
  take(/^\) \| /);
  return { lines, command: take(/^[\w.\- ]+$/), utf8: utf8 !== undefined };
}
