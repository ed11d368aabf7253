import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Entry } from "../../src/entry.ts";
import { blockedIds, news, NOTHING_TOLD, untilNews } from "../../src/news.ts";
import { words } from "../words.ts";
import { form, number } from "./numbers.ts";

interface Props {
  readonly entries: readonly Entry[];
  /** The worker has said what there is. */
  readonly watching: boolean;
}

/** Tells a screen reader of requests that were blocked since it was last told; to be seen by nobody. */
export function Live({ entries, watching }: Props) {
  const ids = useMemo(() => blockedIds(entries), [entries]);
  const latest = useRef(ids);
  latest.current = ids;
  const told = useRef(NOTHING_TOLD);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const [text, setText] = useState("");
  useEffect(() => {
    const wait = watching && timer.current === null ? untilNews(told.current, ids, Date.now()) : null;
    if (wait === null) return;
    // The same words again would be no change, and not be heard.
    setText("");
    timer.current = setTimeout(() => {
      timer.current = null;
      const { count, more, told: now } = news(told.current, latest.current, Date.now());
      told.current = now;
      const key = `${more ? "more" : "first"}_${form(count)}`;
      if (count > 0) setText(words(`live_${key}`, [number(count)]));
    }, wait);
  }, [ids, watching]);
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
  return (
    <p class="unseen" role="status" id="live">
      {text}
    </p>
  );
}
