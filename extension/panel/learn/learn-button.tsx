import { say } from "../../../src/explain.ts";
import { type ChapterId, titleOf } from "../../../src/learn/chapter-ids.ts";
import { words } from "../../words.ts";

interface Props {
  readonly chapter: ChapterId;
  readonly onLearn: (chapter: ChapterId) => void;
}

/** Opens the guide at a chapter. */
export function LearnButton({ chapter, onLearn }: Props) {
  return (
    <button type="button" class="text-button" onClick={() => onLearn(chapter)}>
      {words("learn_about", [say(words, titleOf(chapter))])}
    </button>
  );
}
