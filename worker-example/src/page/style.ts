// How the page looks: the picture runs across a desktop and down a phone, light and dark as the system says.
// Out: CSS text. Nothing in it is dynamic.

export const STYLE = `
:root {
  --ground: #e9efee; --card: #fbfdfc; --ink: #10262a; --quiet: #55696c; --line: #d3dddc;
  --deep: #0e3b41; --on-deep: #eef6f4; --field: #ffffff;
  --clicks: #8fc9c4; --leads: #3f9c99; --sales: #0f6468; --gold: #f2b33d; --on-gold: #3a2600;
  --recorded: #0d6b45; --duplicate: #1f55a5; --skipped: #55696c; --unattributed: #7a5300; --failed: #ad2a1e; --queued: #7a5300;
  color-scheme: light dark;
  font: 16px/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0a1517; --card: #112225; --ink: #e6f0ee; --quiet: #96abad; --line: #25393d;
    --deep: #06292e; --on-deep: #e6f0ee; --field: #0c1a1d;
    --clicks: #2b6a6c; --leads: #43a09b; --sales: #8ddcd2; --gold: #f2b33d; --on-gold: #2c1d00;
    --recorded: #6fd6a4; --duplicate: #8fbcff; --skipped: #a9bcbd; --unattributed: #eec06a; --failed: #ff9a8c; --queued: #eec06a;
  }
}
* { box-sizing: border-box; margin: 0; }
body { background: var(--ground); color: var(--ink); }
h1, h2, h3 { line-height: 1.2; letter-spacing: -0.01em; text-wrap: balance; }
.quiet { color: var(--quiet); }
code, small { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.8125rem; }
code { overflow-wrap: anywhere; }

.top { background: var(--deep); color: var(--on-deep); padding: 1rem max(1.25rem, calc((100vw - 70rem) / 2));
  padding-bottom: 9rem; display: flex; justify-content: space-between; align-items: center; gap: 1rem; }
.top p { font-size: 0.875rem; opacity: 0.8; text-align: right; }
.brand { display: flex; align-items: center; gap: 0.625rem; color: inherit; text-decoration: none;
  font-weight: 700; font-size: 1.125rem; letter-spacing: -0.01em; }
.brand svg { width: 2rem; fill: none; stroke: var(--on-deep); stroke-width: 1.5; }
.brand path { fill: var(--gold); stroke: none; }

main { max-width: 72.5rem; margin: -7.75rem auto 0; padding: 0 1.25rem 3rem; display: grid; gap: 1.25rem; }
section { background: var(--card); border-radius: 1rem; padding: 1.5rem 1.75rem; min-width: 0;
  box-shadow: 0 1px 2px rgb(4 30 34 / 0.08), 0 12px 32px -16px rgb(4 30 34 / 0.25); }
h1 { font-size: clamp(1.375rem, 1rem + 1.4vw, 1.75rem); margin-bottom: 1.25rem; }
h2 { font-size: 1.125rem; margin-bottom: 1.25rem; }
h3 { font-size: 1rem; margin-bottom: 0.375rem; }

.funnel { display: grid; grid-template-columns: repeat(3, 1fr) 1.15fr; grid-template-rows: auto 8.5rem auto; }
.stage { display: contents; }
.stage > * { grid-column: var(--at); padding-right: 0.75rem; }
.clicks { --at: 1; } .leads { --at: 2; } .sales { --at: 3; }
.stage .label { grid-row: 1; }
.stage .figure { grid-row: 1; margin-top: 1.375rem; padding-bottom: 0.875rem; }
.stage .caption { grid-row: 3; padding-top: 0.75rem; }
.label { font-weight: 600; font-size: 0.9375rem; color: var(--quiet); }
.figure { font-size: clamp(2.25rem, 1.5rem + 2.4vw, 3.25rem); line-height: 1.1; font-weight: 700; letter-spacing: -0.03em;
  font-variant-numeric: tabular-nums; }
.caption { font-size: 0.875rem; color: var(--quiet); text-wrap: balance; }
.stream { width: 100%; height: 100%; display: block; }
.stream.across { grid-row: 2; grid-column: 1 / 4; }
.stream.down { display: none; }
path.clicks { fill: var(--clicks); } path.leads { fill: var(--leads); } path.sales { fill: var(--sales); }
path.empty { fill: var(--line); }
path.ghost { fill: var(--line); opacity: 0.55; }
.earned { grid-column: 4; grid-row: 1 / 4; align-self: stretch; display: flex; flex-direction: column; justify-content: center;
  background: var(--gold); color: var(--on-gold); border-radius: 0.875rem; padding: 1.5rem; }
.earned .label, .earned .caption { color: inherit; }
.earned.nothing { background: none; color: var(--quiet); box-shadow: inset 0 0 0 2px var(--line); }

.service { font-size: 0.9375rem; margin-bottom: 0.875rem; }
.campaign { display: flex; flex-wrap: wrap; gap: 0.5rem 3rem; }
.campaign div { display: flex; align-items: baseline; gap: 0.625rem; }
.campaign dt { font-size: 0.875rem; color: var(--quiet); }
.campaign dd { margin: 0; font-size: 1.5rem; font-weight: 700; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
:is(.funnel, .quiet) + .service { margin-top: 1.5rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }

.steps { list-style: none; padding: 0; counter-reset: step; display: grid; grid-template-columns: 1.35fr 1fr 1fr; gap: 2.25rem; }
.steps > li { counter-increment: step; position: relative; padding-left: 3rem; }
.steps > li::before { content: counter(step); position: absolute; left: 0; top: -0.25rem; width: 1.875rem; height: 1.875rem;
  display: grid; place-items: center; border-radius: 50%; border: 2px solid var(--leads); font-weight: 700; font-size: 0.875rem; }
.steps > li.done::before { content: "\\2713"; background: var(--sales); border-color: var(--sales); color: var(--card); }
.state { font-size: 0.9375rem; color: var(--quiet); margin-bottom: 0.75rem; }
.state b, .state code { color: var(--ink); }
.ways { display: grid; gap: 0.5rem; }
.fields { display: grid; gap: 0.5rem; }
label { font-size: 0.8125rem; font-weight: 600; color: var(--quiet); min-width: 0; }
input { display: block; width: 100%; margin-top: 0.25rem; padding: 0.5rem 0.625rem; min-height: 2.75rem; font: inherit; font-size: 1rem; font-weight: 400;
  color: var(--ink); background: var(--field); border: 1px solid var(--line); border-radius: 0.5rem; }
.product p { display: flex; justify-content: space-between; gap: 1rem; margin-bottom: 0.75rem; font-size: 0.9375rem; }
.button { display: flex; align-items: center; justify-content: center; width: 100%; min-height: 2.75rem; padding: 0.5rem; text-align: center;
  border: 0; border-radius: 0.5rem; background: var(--sales); color: var(--card); font: inherit; font-size: 0.9375rem; font-weight: 600; text-wrap: balance;
  text-decoration: none; cursor: pointer; }
.button.plain { background: none; color: var(--ink); box-shadow: inset 0 0 0 1.5px var(--line); }
.button:hover { filter: brightness(1.12); }
.button.plain:hover { filter: none; box-shadow: inset 0 0 0 1.5px var(--leads); }
:focus-visible { outline: 3px solid var(--gold); outline-offset: 2px; }

.outcome { margin-top: 0.75rem; padding: 0.5rem 0.75rem; border-radius: 0.5rem; font-size: 0.9375rem; line-height: 1.4;
  text-wrap: pretty; color: var(--tone); background: color-mix(in srgb, var(--tone) 10%, transparent); }
.outcome b { margin-right: 0.375rem; }
.dots { display: flex; flex-wrap: wrap; gap: 0.25rem; min-height: 0.875rem; margin: 0.75rem 0; }
.dots i { width: 0.875rem; height: 0.875rem; border-radius: 0.25rem; background: var(--queued); }
.switches { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1rem 2.25rem; margin-top: 1rem; }
.switches .state { margin-bottom: 0.375rem; }
.state b.failed, .state b.recorded { color: var(--tone); }
summary { padding: 0.6875rem 0; cursor: pointer; font-size: 0.875rem; color: var(--quiet); }
summary b { color: var(--ink); }
pre { margin: 0.25rem 0 0.75rem; padding: 0.75rem; border-radius: 0.5rem; background: var(--ground); font-size: 0.8125rem; line-height: 1.45;
  font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
details .quiet { font-size: 0.8125rem; overflow-wrap: anywhere; }
tr.unfold td { border: 0; padding: 0; }

.latest { margin-top: 1.25rem; padding: 0.75rem 1rem; border-radius: 0.625rem; font-size: 1.0625rem; line-height: 1.4; text-wrap: pretty;
  color: var(--tone); background: color-mix(in srgb, var(--tone) 10%, transparent); }
.latest b { margin-right: 0.5rem; }
.recorded { --tone: var(--recorded); } .duplicate { --tone: var(--duplicate); } .skipped { --tone: var(--skipped); }
.unattributed { --tone: var(--unattributed); } .failed { --tone: var(--failed); }
.queued, .pending { --tone: var(--queued); }
table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; font-variant-numeric: tabular-nums; }
th { text-align: left; font-size: 0.8125rem; font-weight: 600; color: var(--quiet); padding: 0 0.75rem 0.5rem 0; }
td { border-top: 1px solid var(--line); padding: 0.625rem 0.75rem 0.625rem 0; vertical-align: top; }
td small { margin-left: 0.75rem; color: var(--quiet); white-space: nowrap; }
.number { text-align: right; padding-right: 0; }
.chip { display: inline-block; padding: 0 0.625rem; border-radius: 1rem; font-size: 0.8125rem; font-weight: 600; line-height: 1.5rem;
  color: var(--tone); box-shadow: inset 0 0 0 1.5px var(--tone); }

.legend { display: grid; grid-template-columns: auto 1fr; gap: 0.875rem 1rem; margin-top: 1.25rem; font-size: 0.9375rem; }
.legend dd { margin: 0; color: var(--quiet); }

@media (max-width: 60rem) {
  .steps { grid-template-columns: 1fr; gap: 1.75rem; }
  .steps > li:not(:last-child)::after { content: ""; position: absolute; left: 0.875rem; top: 2.125rem; bottom: -1.25rem;
    border-left: 2px solid var(--line); }
}
@media (max-width: 40rem) {
  .top p { font-size: 0.8125rem; max-width: 11rem; }
  main { padding: 0 0.75rem 2rem; }
  .latest { display: none; } /* it stands by its step */
  section { padding: 1.25rem; }
  .funnel { grid-template-columns: 1fr 8rem; grid-template-rows: repeat(3, 7.25rem) auto; column-gap: 1rem; }
  .stage { display: block; grid-column: 1; grid-row: var(--at); align-self: center; }
  .stage .figure { margin: 0; padding: 0; }
  .stage .caption { padding: 0; }
  .stream.across { display: none; }
  .stream.down { display: block; grid-column: 2; grid-row: 1 / 4; }
  .earned { grid-column: 1 / -1; grid-row: 4; padding: 1.125rem 1.25rem; }
  .steps > li { padding-left: 2.625rem; }
  .button { font-size: 0.875rem; }
  thead { position: absolute; clip-path: inset(50%); }
  tr { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.125rem 0.75rem; border-top: 1px solid var(--line); padding: 0.75rem 0; }
  td { border: 0; padding: 0; }
  td:nth-child(1) { flex: 1 0 55%; }
  tr:has(+ tr.unfold) { padding-bottom: 0; }
  tr.unfold { border: 0; padding: 0; }
  td small { margin-left: 0.5rem; }
  td:nth-child(2), td:nth-child(n + 4) { color: var(--quiet); font-size: 0.875rem; }
  td:nth-child(4)::before { content: "Status "; }
  td:nth-child(5):has(.quiet) { display: none; }
  td.number::before { content: "Attempts "; }
}
`;
