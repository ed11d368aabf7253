/** The toolbar's pictures, on a grid of 16, drawn in the colour of the text. */
export type IconName = "record" | "clear" | "export" | "close" | "blocked" | "allowed" | "unknown" | "pending";

/** A picture beside or instead of a text; hidden from screen readers, which get the text. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      {SHAPES[name]}
    </svg>
  );
}

const stroke = { fill: "none", stroke: "currentColor", "stroke-width": 1.5, "stroke-linecap": "round" } as const;

const SHAPES = {
  record: (
    <>
      <circle cx="8" cy="8" r="6.25" {...stroke} />
      <circle class="icon-core" cx="8" cy="8" r="3.5" fill="currentColor" />
    </>
  ),
  clear: (
    <g {...stroke}>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M3.6 12.4 12.4 3.6" />
    </g>
  ),
  export: (
    <g {...stroke} stroke-linejoin="round">
      <path d="M8 2v8M4.75 7 8 10.25 11.25 7M2.5 11.5v2h11v-2" />
    </g>
  ),
  close: <path d="m4 4 8 8M12 4l-8 8" {...stroke} />,
  blocked: (
    <>
      <circle cx="8" cy="8" r="6.5" fill="currentColor" />
      <path d="m5.6 5.6 4.8 4.8M10.4 5.6l-4.8 4.8" {...stroke} class="icon-cut" />
    </>
  ),
  allowed: <path d="m3.5 8.5 3 3 6-7" {...stroke} stroke-linejoin="round" />,
  unknown: (
    <>
      <path d="M8 1.2 15 14H1z" fill="currentColor" />
      <path d="M8 6v4M8 12v.01" {...stroke} class="icon-cut" />
    </>
  ),
  pending: <circle cx="8" cy="8" r="5" {...stroke} stroke-dasharray="2 3.2" />,
} as const;
