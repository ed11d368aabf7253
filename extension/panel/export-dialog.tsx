import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Source } from "../../src/har/source.ts";
import type { Engine, Exchange } from "../../src/model.ts";
import { type Format, FORMATS, isFormat, type WrittenReport, writeReport } from "../../src/report/formats.ts";
import { countedRemovals } from "../../src/report/removals.ts";
import { type Language, LANGUAGES } from "../../src/wording.ts";
import browser from "../browser.ts";
import { words } from "../words.ts";
import { Choice } from "./choice.tsx";
import { useCopying } from "./copy.tsx";
import { saveReport } from "./export.ts";
import { Icon } from "./icons.tsx";
import { ownLanguage, useWords } from "./languages.ts";
import { number } from "./numbers.ts";
import { networkEntries } from "./other-tools.ts";
import { Removals } from "./removals.tsx";
import { settings } from "./settings.ts";

/** Which requests a report can be of. */
type Range = "selected" | "shown" | "all";

interface Props {
  readonly subject: Readonly<Record<Range, readonly Exchange[]>>;
  /** All that is known. */
  readonly log: readonly Exchange[];
  readonly engine: Engine;
  /** Who recorded the file that they are of, of which DevTools' own log has nothing; null where they are of the tab. */
  readonly source: Source | null;
  readonly first: Range;
  readonly onClose: () => void;
  readonly onSaved: (name: string) => void;
}

const RANGES = ["selected", "shown", "all"] as const satisfies readonly Range[];

/** Asks what to export, and as what, and says what will not be in it. */
export function ExportDialog({ subject, log, engine, source, first, onClose, onSaved }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [format, setFormat] = useState<Format>(() => rememberedFormat());
  const [range, setRange] = useState(first);
  const [language, setLanguage] = useState<Language>(ownLanguage);
  const [sensitive, setSensitive] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const { said, copy } = useCopying();
  const fail = (error: unknown): void => setFailed(words("export_failed", [String(error)]));
  const reportWords = useWords(language, fail);
  const removals = useMemo(() => countedRemovals(subject[range]), [subject, range]);
  // It takes a while for a long log: asked for before it is wanted.
  const network = useMemo(() => networkEntries(), []);
  useLayoutEffect(() => dialog.current?.showModal(), []);

  const close = (): void => dialog.current?.close();
  const withReport = async (use: (report: WrittenReport) => void): Promise<void> => {
    if (reportWords === null) return;
    settings.set("format", format);
    try {
      const details = format === "har" && source === null ? await network : [];
      use(writeReport(format, subject[range], log, engine, { words: reportWords, version: browser.runtime.getManifest().version, sensitive, network: details, source }));
    } catch (error) {
      fail(error);
    }
  };
  const save = (): void =>
    void withReport((report) => {
      onSaved(saveReport(report));
      close();
    });
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, target } = event;
    const acts = target instanceof Element && target.closest("button, summary, a") !== null;
    if (key === "Escape") close();
    else if (key === "Enter" && !acts) save();
    else return;
    event.preventDefault();
    // Escape would go on to DevTools.
    event.stopPropagation();
  };
  /** What failed was another choice. */
  const changed = <T,>(set: (value: T) => void) => (value: T): void => {
    setFailed(null);
    set(value);
  };
  return (
    <dialog class="export" ref={dialog} aria-label={words("toolbar_export")} onClose={onClose} onKeyDown={onKeyDown} onClick={({ target }) => target === dialog.current && close()}>
      <div class="export-sheet">
        <h2>{words("toolbar_export")}</h2>
        <button type="button" class="tool" aria-label={words("detail_close")} title={words("detail_close")} onClick={close}>
          <Icon name="close" />
        </button>
        <Choice name="format" label={words("export_format")} value={format} onChange={changed(setFormat)} hint={words(`format_hint_${format}`)} first options={FORMATS.map((value) => ({ value, label: words(`format_${value}`) }))} />
        <Choice name="range" label={words("report_requests")} value={range} onChange={changed(setRange)} options={RANGES.map((value) => ({ value, label: words(`range_${value}`, [number(subject[value].length)]), disabled: subject[value].length === 0 }))} />
        <Choice name="language" label={words("export_language")} value={language} onChange={changed(setLanguage)} options={LANGUAGES.map((value) => ({ value, label: words(`language_${value}`), lang: value }))} />
        <Removals removals={removals} sensitive={sensitive} onSensitive={changed(setSensitive)} />
        <footer>
          <p role="status" class={failed === null ? "" : "failed"}>
            {failed ?? said}
          </p>
          <button type="button" class="button button-stop" onClick={close}>
            {words("cancel")}
          </button>
          {(format === "markdown" || format === "text") && (
            <button type="button" class="button button-stop" disabled={reportWords === null} onClick={() => void withReport(({ text }) => copy(text))}>
              {words("copy")}
            </button>
          )}
          <button type="button" class="button" disabled={reportWords === null} onClick={save}>
            {words("save")}
          </button>
        </footer>
      </div>
    </dialog>
  );
}

function rememberedFormat(): Format {
  const last = settings.get("format");
  return isFormat(last) ? last : "har";
}
