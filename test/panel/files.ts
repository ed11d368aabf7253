import type { Shown } from "./shown.ts";

/** A file that is made in the panel's page: what is in `middle` goes in `times`, with commas between. */
export interface MadeFile {
  readonly name: string;
  readonly start: string;
  readonly middle?: string;
  readonly times?: number;
  readonly end?: string;
  readonly gzip?: boolean;
}

/** Drops files on the panel, as a mouse does: a dialog for files can't be driven inside DevTools. Nothing is awaited but the drop. */
export function drop({ evaluate }: Shown, ...files: readonly MadeFile[]): Promise<void> {
  return evaluate(async (wanted) => {
    const transfer = new DataTransfer();
    for (const { name, start, middle = "", times = 0, end = "", gzip = false } of wanted) {
      const lot = new Blob([Array.from({ length: Math.min(times, 100) }, () => middle).join()]);
      const lots = Array.from({ length: Math.ceil(times / 100) }, (_, index) => [index === 0 ? "" : ",", lot]).flat();
      const plain = new Blob([start, ...lots, end]);
      const blob = gzip ? await new Response(plain.stream().pipeThrough(new CompressionStream("gzip"))).blob() : plain;
      transfer.items.add(new File([blob], name));
    }
    for (const type of ["dragenter", "dragover", "drop"]) document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
  }, files);
}

/** Moves something over the panel, or away from it, without letting go; says whether the panel would take it. */
export function drag({ evaluate }: Shown, type: "dragover" | "dragleave" | "drop", what: "file" | "text"): Promise<boolean> {
  return evaluate(
    (event, kind) => {
      const transfer = new DataTransfer();
      if (kind === "file") transfer.items.add(new File(["{}"], "a.har"));
      else transfer.items.add("https://a.example/", "text/plain");
      return !document.body.dispatchEvent(new DragEvent(event, { bubbles: true, cancelable: true, dataTransfer: transfer }));
    },
    type,
    what,
  );
}

/** What the panel says of files. */
export interface ShownImport {
  readonly open: string | null;
  readonly alert: string | null;
  readonly reading: string | null;
}

/** The banners of files, as they read. */
export function importBanners({ evaluate }: Shown): Promise<ShownImport> {
  return evaluate(() => {
    const text = (selector: string): string | null => document.querySelector(selector)?.textContent?.replace(/\s+/g, " ").trim() ?? null;
    return { open: text(".banner-file > span"), alert: text("[role=alert] .banner-refused > div"), reading: text(".banner-reading > span") };
  });
}
