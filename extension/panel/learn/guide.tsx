import { useLayoutEffect, useRef } from "preact/hooks";
import { say } from "../../../src/explain.ts";
import { type ChapterId, neighbour, titleOf } from "../../../src/learn/chapter-ids.ts";
import { chapter as chapterOf } from "../../../src/learn/chapters.ts";
import { words } from "../../words.ts";
import { Icon } from "../icons.tsx";
import { ChapterText } from "./chapter-text.tsx";
import { Contents } from "./contents.tsx";

export interface GuideProps {
  readonly chapter: ChapterId;
  readonly onChapter: (chapter: ChapterId) => void;
  readonly onClose: () => void;
}

/** The guide, over list and detail: the chapters beside the one that is open. */
export function Guide({ chapter, onChapter, onClose }: GuideProps) {
  const page = useRef<HTMLDivElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  // The contents keep the focus that they have; whatever else opens a chapter is gone with the one before.
  const takesFocus = useRef(true);
  const turn = (to: ChapterId): void => {
    takesFocus.current = true;
    onChapter(to);
  };
  useLayoutEffect(() => {
    page.current?.scrollTo(0, 0);
    if (takesFocus.current) title.current?.focus();
    takesFocus.current = false;
  }, [chapter]);
  return (
    <section class="guide" tabIndex={-1} aria-label={words("learn_label")}>
      <Contents chapter={chapter} onChapter={onChapter} />
      <div class="guide-page" ref={page}>
        <ChapterText key={chapter} chapter={chapterOf(chapter)} title={title} />
        <p class="guide-turn">
          <Turn to={neighbour(chapter, -1)} by="previous" onChapter={turn} />
          <Turn to={neighbour(chapter, 1)} by="next" onChapter={turn} />
        </p>
      </div>
      <button type="button" class="tool guide-close" aria-label={words("learn_close")} title={words("learn_close")} onClick={onClose}>
        <Icon name="close" />
      </button>
    </section>
  );
}

interface TurnProps {
  readonly to: ChapterId | null;
  readonly by: "previous" | "next";
  readonly onChapter: (chapter: ChapterId) => void;
}

function Turn({ to, by, onChapter }: TurnProps) {
  if (to === null) return null;
  return (
    <button type="button" class={`text-button turn-${by}`} onClick={() => onChapter(to)}>
      {words(`learn_${by}`, [say(words, titleOf(to))])}
    </button>
  );
}
