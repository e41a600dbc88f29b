// The last reports to the services: the latest in words, all of them in a table.
// In: the shop's entries, the latest first. Out: a sentence; a table, or a legend of the outcomes before there is one.
// Not its job: what an outcome is (refport-edge), keeping the entries (books.ts).

import type { Entry } from "../entry.ts";
import { PRODUCT } from "../product.ts";
import { html, type Html } from "./html.ts";
import { money } from "./money.ts";

/** The latest report in one sentence. */
export function renderLatest(entries: Entry[]): Html {
  const latest = entries[0];
  if (!latest) return html`<p class="latest skipped">Nothing was reported yet. Arrive, sign up, buy.</p>`;
  const { outcome } = latest;
  return html`<p class="latest ${outcome}" data-latest="${outcome}"><b>${outcome}</b> ${inWords(latest)}</p>`;
}

export function renderLog(entries: Entry[]): Html {
  if (entries.length === 0) return LEGEND;
  return html`<table>
    <thead><tr>
      <th>Event</th><th>Service</th><th>Outcome</th><th>Status</th><th>Code</th><th class="number">Attempts</th>
    </tr></thead>
    <tbody>${entries.map(renderRow)}</tbody>
  </table>`;
}

function renderRow(entry: Entry): Html {
  return html`<tr>
      <td>${entry.event}${entry.invoiceId ? html` <small>${entry.invoiceId}</small>` : null}</td>
      <td>${entry.service}</td>
      <td><span class="chip ${entry.outcome}">${entry.outcome}</span></td>
      <td>${entry.status ?? NOTHING}</td>
      <td>${entry.code ? html`<code>${entry.code}</code>` : NOTHING}</td>
      <td class="number">${entry.attempts}</td>
    </tr>`;
}

function inWords({ service, event, outcome, code, commission }: Entry): string {
  const thing = event === "Sign Up" ? "lead" : service === "Refport" ? "sale" : "conversion";
  switch (outcome) {
    case "recorded":
      if (commission === null) return `The ${thing} is on ${service}’s books.`;
      return `The ${thing} is on ${service}’s books. The partner earns ${money(commission, PRODUCT.currency)}.`;
    case "duplicate":
      return `This invoice was on ${service}’s books already. Nobody is paid twice, and nothing went wrong.`;
    case "unattributed":
      return "The service took it, but the click belongs to no partner’s link.";
    case "skipped":
      return "No click ID, so nothing was sent: an organic customer.";
    case "failed":
      return code === "INVALID_CLICK_ID"
        ? "The service knows no such click. The customer was served all the same; nobody earns a commission."
        : `Not recorded by ${service}: ${code ?? "unknown"}. The customer was served all the same.`;
  }
}

const NOTHING = html`<span class="quiet" aria-label="none">–</span>`;

const LEGEND = html`<p class="quiet">Every report has one of five outcomes:</p>
  <dl class="legend">
    <dt><span class="chip recorded">recorded</span></dt><dd>It is on the books.</dd>
    <dt><span class="chip duplicate">duplicate</span></dt><dd>This invoice was on the books already. A success.</dd>
    <dt><span class="chip unattributed">unattributed</span></dt>
    <dd>The service took it, but no partner’s link is behind the click.</dd>
    <dt><span class="chip skipped">skipped</span></dt><dd>No click ID: an organic customer. Nothing was sent.</dd>
    <dt><span class="chip failed">failed</span></dt><dd>It was not recorded, or nobody knows. The error says why.</dd>
  </dl>`;
