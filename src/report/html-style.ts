/** How a report's page looks: the panel's colours, on a sheet of paper. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1f1f1f; --dim: #5f6368; --ground: #ffffff; --raised: #f8fafd; --line: #dde3ea; --accent: #0b57d0;
  --bad: #b3261e; --bad-ground: #fcebea; --bad-mark: #f5b5af; --good: #146c2e; --good-ground: #e9f6ec; --good-mark: #b5e4c1; --warn: #8a5300; --warn-ground: #fff3dc;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono", monospace; }
@media screen and (prefers-color-scheme: dark) {
  :root { --text: #e3e3e3; --dim: #a8abb0; --ground: #1f1f1f; --raised: #2a2b2e; --line: #45474b; --accent: #a8c7fa;
    --bad: #f2b8b5; --bad-ground: #43302f; --bad-mark: #8c2b26; --good: #a1d8ae; --good-ground: #2b3a2f; --good-mark: #1e6b34; --warn: #fdd663; --warn-ground: #433b26; }
}
* { box-sizing: border-box; }
body { max-width: 776px; margin: 0 auto; padding: 40px 24px 64px; color: var(--text); background: var(--ground); font: 15px/1.6 system-ui, sans-serif; overflow-wrap: anywhere; }
:lang(ko) { word-break: keep-all; }
h1 { margin: 0 0 20px; font-size: 26px; font-weight: 650; line-height: 1.3; }
h1 code { padding: 0; background: none; font-size: 0.88em; font-weight: 500; }
h2 code { padding: 0; color: var(--dim); background: none; font-size: 0.82em; font-weight: 500; }
h2 { margin: 0 0 12px; font-size: 20px; font-weight: 650; line-height: 1.35; }
h3 { margin: 28px 0 6px; color: var(--dim); font-size: 13px; font-weight: 600; }
p, ul, ol, dl, figure, pre { margin: 8px 0; }
section { margin-top: 40px; padding-top: 32px; border-top: 1px solid var(--line); scroll-margin-top: 8px; }
a { color: var(--accent); text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
code, pre { font-family: var(--mono); font-size: 0.87em; }
code { padding: 1px 4px; background: color-mix(in srgb, var(--text) 7%, transparent); border-radius: 4px; white-space: pre-wrap; }
pre { padding: 10px 14px; background: var(--raised); border: 1px solid var(--line); border-radius: 8px; line-height: 1.55; white-space: pre-wrap; }
pre code { padding: 0; background: none; font-size: inherit; }
mark { padding: 1px 0; color: inherit; background: var(--bad-mark); border-radius: 2px; }
pre mark { color: var(--bad); background: none; font-weight: 650; }
.remark { color: var(--bad); font-weight: 400; }
ul, ol { padding-left: 22px; }
li { margin: 4px 0; }
li::marker { color: var(--dim); }
nav { margin-top: 20px; }
nav ol { margin: 0; }
.verdict { margin: 0 0 14px; padding: 12px 16px; background: var(--bad-ground); border-left: 4px solid var(--bad); border-radius: 0 8px 8px 0; font-size: 16px; }
.verdict strong { color: var(--bad); }
.verdict-unknown { background: var(--warn-ground); border-color: var(--warn); }
.verdict-unknown strong { color: var(--warn); }
.verdict-allowed { background: var(--good-ground); border-color: var(--good); }
.verdict-allowed strong { color: var(--good); }
.verdict-pending { background: var(--raised); border-color: var(--dim); }
.verdict-pending strong { color: var(--dim); }
.warning { padding: 10px 16px; color: var(--warn); background: var(--warn-ground); border-radius: 8px; font-weight: 600; }
.facts > div { display: grid; grid-template-columns: 184px minmax(0, 1fr); gap: 0 16px; padding: 3px 0; }
dt { color: var(--dim); }
dd { margin: 0; }
.facts code { padding: 0; background: none; }
.compared { margin: 16px 0; overflow: hidden; border: 1px solid var(--line); border-radius: 8px; }
.compared figcaption { padding: 7px 14px; color: var(--dim); background: var(--raised); border-bottom: 1px solid var(--line); font-size: 13px; }
.compared figcaption code { padding: 0; color: var(--text); background: none; font-size: 14px; font-weight: 600; }
.comparison { display: grid; grid-template-columns: 1fr 1fr; margin: 0; }
.comparison > div { padding: 9px 14px 12px; }
.comparison dt { font-size: 13px; }
.comparison code { padding: 0; background: none; font-size: 14px; }
.comparison mark { font-weight: 700; }
.fault { background: var(--bad-ground); }
.fault dt, .fault dd:not(:has(code)) { color: var(--bad); }
.fault mark { box-shadow: inset 0 -2px 0 var(--bad); }
.wanted { background: var(--good-ground); }
.wanted dt { color: var(--good); }
.wanted mark { background: var(--good-mark); box-shadow: inset 0 -2px 0 var(--good); }
.picture { margin: 12px 0; }
.picture-frame { padding: 12px; overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; }
.picture svg { display: block; margin: 0 auto; }
details { margin-top: 6px; color: var(--dim); font-size: 13px; }
summary { width: fit-content; cursor: pointer; }
body > footer { margin-top: 48px; padding-top: 16px; color: var(--dim); border-top: 1px solid var(--line); font-size: 13px; }
svg text { fill: var(--text); font-size: 11px; text-anchor: middle; white-space: pre; direction: ltr; }
.picture-code { font-family: var(--mono); }
svg .tone-quiet { fill: var(--dim); }
svg .tone-fault { fill: var(--bad); font-weight: 600; }
svg .tone-wanted { fill: var(--good); }
.picture-ground { fill: var(--ground); }
.picture-head { fill: var(--raised); stroke: var(--line); }
.picture-lane { stroke: var(--line); }
.picture-line { stroke: var(--dim); stroke-width: 1.25; }
.picture-tip { fill: var(--dim); }
.picture-cross { fill: none; stroke: var(--dim); stroke-width: 1.5; stroke-linecap: round; }
.picture-box { fill: var(--ground); stroke: var(--dim); stroke-dasharray: 3 2; }
.picture-stop .picture-box { fill: var(--bad-ground); stroke: var(--bad); stroke-dasharray: none; }
.picture-sign { fill: var(--bad); }
.picture-cross-on-sign { fill: none; stroke: var(--ground); stroke-width: 1.75; stroke-linecap: round; }
.picture-failing :is(.picture-line, .picture-cross) { stroke: var(--bad); }
.picture-failing .picture-tip { fill: var(--bad); }
.picture-delivered.picture-passed .picture-line { stroke: var(--good); }
.picture-delivered.picture-passed .picture-tip { fill: var(--good); }
:is(.picture-never-sent, .picture-unseen) .picture-line { stroke-dasharray: 3 3; }
.picture-never-sent text { fill: var(--dim); }
.picture-stop.picture-unseen .picture-box { fill: var(--warn-ground); stroke: var(--warn); stroke-dasharray: 3 2; }
.picture-stop.picture-unseen .picture-sign { fill: var(--warn); }
.picture-stop.picture-unseen .tone-fault { fill: var(--warn); }
@media (max-width: 560px) {
  body { padding: 24px 16px 48px; }
  h1 { font-size: 22px; }
  .facts > div, .comparison { grid-template-columns: minmax(0, 1fr); }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  * { print-color-adjust: exact; }
  h2, h3 { break-after: avoid; }
  .verdict, .compared, .picture, li { break-inside: avoid; }
  .picture-frame { overflow: visible; }
  .picture svg { max-width: 100%; height: auto; }
  nav, details { display: none; }
}
`;
