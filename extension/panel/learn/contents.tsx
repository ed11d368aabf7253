import { useRef } from "preact/hooks";
import { say } from "../../../src/explain.ts";
import { CHAPTER_IDS, type ChapterId, neighbour, titleOf } from "../../../src/learn/chapter-ids.ts";
import { words } from "../../words.ts";

interface Props {
  readonly chapter: ChapterId;
  readonly onChapter: (chapter: ChapterId) => void;
}

/** The chapters, one a button; the arrow keys go from the one that has the focus to the next and open that. */
export function Contents({ chapter, onChapter }: Props) {
  const buttons = useRef(new Map<ChapterId, HTMLButtonElement>());
  const go = (event: KeyboardEvent, to: ChapterId | null): void => {
    event.preventDefault();
    if (to === null) return;
    onChapter(to);
    buttons.current.get(to)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, from: ChapterId): void => {
    const { key } = event;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (key === "ArrowDown" || key === "ArrowRight") go(event, neighbour(from, 1));
    else if (key === "ArrowUp" || key === "ArrowLeft") go(event, neighbour(from, -1));
    else if (key === "Home") go(event, CHAPTER_IDS[0]);
    else if (key === "End") go(event, CHAPTER_IDS.at(-1) ?? null);
  };
  return (
    <nav class="contents" aria-label={words("learn_chapters")}>
      <ol>
        {CHAPTER_IDS.map((id) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === chapter ? "page" : undefined}
              onClick={() => onChapter(id)}
              onKeyDown={(event) => onKeyDown(event, id)}
              ref={(element) => {
                if (element !== null) buttons.current.set(id, element);
              }}
            >
              {say(words, titleOf(id))}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
