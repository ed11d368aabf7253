/** The toolbar's pictures, on a grid of 16, drawn in the colour of the text. */
export type IconName = "record" | "clear" | "open" | "export" | "learn" | "keys" | "network" | "close" | "blocked" | "allowed" | "unknown" | "pending";

/** A picture beside or instead of a text; hidden from screen readers, which get the text. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      {SHAPES[name]()}
    </svg>
  );
}

const stroke = { fill: "none", stroke: "currentColor", "stroke-width": 1.5, "stroke-linecap": "round" } as const;

/** Drawn anew each time: an element that is kept keeps all that it was once a part of, with the log of that time. */
const SHAPES = {
  record: () => (
    <>
      <circle cx="8" cy="8" r="6.25" {...stroke} />
      <circle class="icon-core" cx="8" cy="8" r="3.5" fill="currentColor" />
    </>
  ),
  clear: () => (
    <g {...stroke}>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M3.6 12.4 12.4 3.6" />
    </g>
  ),
  open: () => (
    <g {...stroke} stroke-linejoin="round">
      <path d="M2 12.5v-9h4l1.5 2h6v2M2 12.5l2-5h11l-2 5z" />
    </g>
  ),
  export: () => (
    <g {...stroke} stroke-linejoin="round">
      <path d="M8 2v8M4.75 7 8 10.25 11.25 7M2.5 11.5v2h11v-2" />
    </g>
  ),
  learn: () => (
    <g {...stroke} stroke-linejoin="round">
      <path d="M8 4.25C6.5 3 4.25 2.75 1.75 3v9.5c2.5-.25 4.75 0 6.25 1.25 1.5-1.25 3.75-1.5 6.25-1.25V3C11.75 2.75 9.5 3 8 4.25zM8 4.25v9.5" />
    </g>
  ),
  keys: () => (
    <g {...stroke} stroke-linejoin="round">
      <rect x="1.25" y="3.75" width="13.5" height="8.5" rx="1.5" />
      <path d="M4 6.5v.01M6.65 6.5v.01M9.35 6.5v.01M12 6.5v.01M4 9.5v.01M12 9.5v.01M6.5 9.5h3" />
    </g>
  ),
  network: () => (
    <g {...stroke} stroke-linejoin="round">
      <path d="M5 13.5V3M2 6l3-3 3 3M11 2.5V13M8 10l3 3 3-3" />
    </g>
  ),
  close: () => <path d="m4 4 8 8M12 4l-8 8" {...stroke} />,
  blocked: () => (
    <>
      <circle cx="8" cy="8" r="6.5" fill="currentColor" />
      <path d="m5.6 5.6 4.8 4.8M10.4 5.6l-4.8 4.8" {...stroke} class="icon-cut" />
    </>
  ),
  allowed: () => <path d="m3.5 8.5 3 3 6-7" {...stroke} stroke-linejoin="round" />,
  unknown: () => (
    <>
      <path d="M8 1.2 15 14H1z" fill="currentColor" />
      <path d="M8 6v4M8 12v.01" {...stroke} class="icon-cut" />
    </>
  ),
  pending: () => <circle cx="8" cy="8" r="5" {...stroke} stroke-dasharray="2 3.2" />,
} as const;
