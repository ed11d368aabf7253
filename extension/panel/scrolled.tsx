import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

interface Props {
  readonly class: string;
  /** What it holds, for a screen reader that lands on it. */
  readonly label: string;
  readonly children: ComponentChildren;
}

/** What may need more room than it gets. Then, and only then, it is a stop of the Tab key, so that keys can scroll it. */
export function Scrolled({ class: name, label, children }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const [overflows, setOverflows] = useState(false);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const measure = (): void => setOverflows(current.scrollHeight > current.clientHeight + 1);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    for (const child of current.children) observer.observe(child);
    return () => observer.disconnect();
  }, [children]);
  return (
    <div ref={element} class={name} {...(overflows ? { tabIndex: 0, role: "group", "aria-label": label } : {})}>
      {children}
    </div>
  );
}
