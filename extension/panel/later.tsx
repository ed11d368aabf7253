import { type ComponentType, h } from "preact";
import { useEffect, useReducer } from "preact/hooks";
import { words } from "../words.ts";

/** A component that is loaded when it is first shown: a panel needs little of its code to show its list. */
export interface Later<Props> {
  readonly Component: ComponentType<Props>;
  /** Loads it before it is shown, so that it is there at once. */
  readonly load: () => Promise<void>;
}

/** @param importPart resolves with the component; where it fails, the panel says so in its place */
export function later<Props extends object>(importPart: () => Promise<ComponentType<Props>>): Later<Props> {
  let part: ComponentType<Props> | null = null;
  let failure: unknown = null;
  const load = async (): Promise<void> => {
    try {
      part ??= await importPart();
      failure = null;
    } catch (error) {
      failure = error;
    }
  };
  function Component(props: Props) {
    const [, redraw] = useReducer((times: number) => times + 1, 0);
    useEffect(() => {
      if (part === null) void load().then(() => redraw(undefined));
    }, []);
    if (part !== null) return h(part, props);
    return failure === null ? null : (
      <p class="failed" role="alert">
        {words("part_failed", [String(failure)])}
      </p>
    );
  }
  return { Component, load };
}
