/** The page loads nothing and runs nothing; the switch is a radio button and this sheet. */
export const STYLE = `
:root { --a: #1f5fa8; --b: #c77700; --out: #b3261e; --ink: #1c1d20; --soft: #61656d; --line: #dcdfe4; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1040px; padding: 24px; background: #fff; color: var(--ink);
  font: 15px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 19px; margin: 36px 0 4px; } h3 { font-size: 15px; margin: 20px 0 4px; }
p { margin: 4px 0 10px; color: var(--soft); max-width: 78ch; overflow-wrap: anywhere; } p strong { color: var(--ink); }
input.language { position: absolute; opacity: 0; }
nav { float: right; margin-left: 24px; }
nav label { padding: 3px 10px; border: 1px solid var(--line); cursor: pointer; }
#zh:checked ~ nav label[for=zh], #en:checked ~ nav label[for=en] { background: var(--ink); color: #fff; }
#zh:focus-visible ~ nav label[for=zh], #en:focus-visible ~ nav label[for=en] { outline: 2px solid var(--a); outline-offset: 2px; }
#zh:checked ~ main .en, #en:checked ~ main .zh { display: none; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(145px, 1fr)); gap: 12px; margin: 20px 0; }
.figures div { border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px; }
.figures b { display: block; font-size: 19px; white-space: nowrap; font-variant-numeric: tabular-nums; } .figures small { color: var(--soft); }
figure { margin: 8px 0; } svg { display: block; width: 100%; height: auto; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; } @media screen and (max-width: 700px) { .pair { grid-template-columns: 1fr; } }
svg text { font-size: 12px; fill: var(--soft); } svg .end { text-anchor: end; } svg .middle { text-anchor: middle; }
svg text.head { font-weight: 600; fill: var(--ink); } svg text.red { fill: var(--out); }
.grid { stroke: var(--line); } .zero { stroke: #9aa0a8; } line.limit { stroke: var(--ink); stroke-dasharray: 6 4; } line.out { stroke: var(--out); stroke-dasharray: 2 3; }
rect.a, .key.a { fill: var(--a); background: var(--a); } rect.b, .key.b { fill: var(--b); background: var(--b); } rect.less { fill: var(--out); }
path.course { fill: none; stroke-width: 2; } path.a { stroke: var(--a); } path.b { stroke: var(--b); }
circle.out { fill: #fff; stroke: var(--out); stroke-width: 2; }
.key { display: inline-block; width: 12px; height: 12px; margin: 0 6px 0 0; vertical-align: -1px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; margin: 8px 0; font-variant-numeric: tabular-nums; }
th, td { padding: 3px 10px; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; white-space: nowrap; }
th { font-weight: 600; color: var(--soft); } th.text, td.text { text-align: left; } td.text { white-space: normal; }
footer { margin-top: 40px; border-top: 1px solid var(--line); padding-top: 8px; font-size: 13px; }
@media print {
  @page { margin: 14mm; } body { max-width: none; padding: 0; font-size: 12px; } nav, input.language { display: none; }
  figure, tr, .figures { break-inside: avoid; } h2, h3, h2 + p { break-after: avoid; } .wide { overflow: visible; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`
