import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/** A place in the panel, in pixels from its corner. */
export interface Place {
  readonly left: number;
  readonly top: number;
}

/** A line of a menu; without what it does, it can't be chosen. */
export interface MenuItem {
  readonly label: string;
  readonly act: (() => void) | null;
}

interface Props {
  readonly place: Place;
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}

/**
 * A menu over all else. https://www.w3.org/WAI/ARIA/apg/patterns/menubar/
 * In the top layer, since a pane that is a container would be what `position: fixed` refers to.
 */
export function Menu({ place: { left, top }, label, items, onClose }: Props) {
  const menu = useRef<HTMLDivElement>(null);
  const choices = (): HTMLElement[] => [...(menu.current?.querySelectorAll<HTMLElement>("[role=menuitem]:enabled") ?? [])];
  useLayoutEffect(() => {
    menu.current?.showPopover();
    choices()[0]?.focus();
  }, []);
  useEffect(() => {
    const outside = ({ target }: Event): void => {
      if (!(target instanceof Node && menu.current?.contains(target))) onClose();
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const all = choices();
    const at = all.findIndex((item) => item === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") onClose();
    else if (to !== undefined) all[(to + all.length) % all.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      class="menu"
      role="menu"
      popover="manual"
      ref={menu}
      aria-label={label}
      style={{ left: `min(${left}px, 100vw - 240px)`, top: `min(${top}px, 100vh - ${items.length * 26 + 12}px)` }}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {items.map(({ label: name, act }) => (
        <button
          key={name}
          type="button"
          role="menuitem"
          tabIndex={-1}
          disabled={act === null}
          onClick={() => {
            act?.();
            onClose();
          }}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
