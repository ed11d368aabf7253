import type { RefObject } from "preact";
import { say } from "../../../src/explain.ts";
import type { Block, Chapter } from "../../../src/learn/chapters.ts";
import { words } from "../../words.ts";
import { Sentence } from "../sentence.tsx";
import { Example } from "./example.tsx";

interface Props {
  readonly chapter: Chapter;
  /** Gets the focus when a chapter is opened from elsewhere. */
  readonly title: RefObject<HTMLHeadingElement | null>;
}

/** A chapter: its text, a real exchange, and where it is written. */
export function ChapterText({ chapter, title }: Props) {
  return (
    <article class="chapter">
      <div class="chapter-part">
        <h2 ref={title} tabIndex={-1}>
          {say(words, chapter.title)}
        </h2>
        {chapter.blocks.map((block, index) => (
          <BlockText key={index} block={block} />
        ))}
      </div>
      <div class="chapter-part">
        <h3>{words("learn_example")}</h3>
        <Example {...chapter.example} />
        <h3>{words("learn_reading")}</h3>
        <p class="links">
          {chapter.readings.map(({ source, name, url }) => (
            <a key={url} href={url} target="_blank" rel="noopener noreferrer">
              {words(`reference_${source}`, [name])}
            </a>
          ))}
        </p>
      </div>
    </article>
  );
}

function BlockText({ block }: { readonly block: Block }) {
  if (block.kind === "paragraph") {
    return (
      <p class="sentence">
        <Sentence phrase={block.text} />
      </p>
    );
  }
  return (
    <ul class="sentence">
      {block.points.map((point) => (
        <li key={point.key}>
          <Sentence phrase={point} />
        </li>
      ))}
    </ul>
  );
}
