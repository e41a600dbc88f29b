// The last reports to the services: the latest in words, all of them in a table.
// In: the shop's entries, the latest first. Out: a sentence; a table, or a legend of the outcomes before there is one.
// Not its job: what an outcome is (refport-edge), keeping the entries (books.ts).

import type { Entry } from "../entry.ts";
import { PRODUCT } from "../product.ts";
import { html, type Html } from "./html.ts";
import { money } from "./money.ts";
import { renderUnfold } from "./unfold.ts";

/** The latest report in one sentence. */
export function renderLatest(entries: Entry[]): Html {
  const latest = entries[0];
  if (!latest) return html`<p class="latest skipped">Nothing was reported yet. Arrive, sign up, buy.</p>`;
  const state = stateOf(latest);
  return html`<p class="latest ${state}" data-latest="${state}"><b>${state}</b> ${inWords(latest)}</p>`;
}

/** The reports of one step, beside it. */
export function renderOutcomes(step: string, entries: Entry[]): Html {
  return html`<div class="outcomes" data-live="outcomes-${step}" aria-live="polite">${entries.map((entry) => {
    const state = stateOf(entry);
    return html`<p class="outcome ${state}" data-outcome="${state}"><b>${state}</b> ${inWords(entry)}</p>`;
  })}</div>`;
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
  return html`<tr data-report>
      <td>${entry.event}${entry.invoiceId ? html` <small>${entry.invoiceId}</small>` : null}</td>
      <td>${entry.service}</td>
      <td><span class="chip ${stateOf(entry)}">${stateOf(entry)}</span></td>
      <td>${entry.status ?? NOTHING}</td>
      <td>${entry.code ? html`<code>${entry.code}</code>` : NOTHING}</td>
      <td class="number">${entry.attempts}</td>
    </tr>
    <tr class="unfold"><td colspan="6">${renderUnfold(entry)}</td></tr>`;
}

/** A report's state in one word: of one that comes again, that it waits. */
export function stateOf({ outcome, queue }: Entry): string {
  return queue === "waiting" ? "queued" : outcome;
}

export function inWords(entry: Entry): string {
  const { service, event, outcome, code, commission } = entry;
  const thing = event === "Sign Up" ? "lead" : service === "Refport" ? "sale" : "conversion";
  if (entry.queue === "waiting") return waitingInWords(entry, thing);
  switch (outcome) {
    case "pending":
      return `The ${thing} is on its way. The visitor does not wait for it.`;
    case "recorded":
      if (commission === null) return `The ${thing} is on ${service}’s books.`;
      return `The ${thing} is on ${service}’s books. The partner earns ${money(commission, PRODUCT.currency)}.`;
    case "duplicate":
      return `This invoice was on ${service}’s books already. Nobody is paid twice, and nothing went wrong.`;
    case "unattributed":
      return "The service took it, but the click belongs to no partner’s link.";
    case "skipped":
      return "No click ID, so nothing was sent: an organic customer.";
    default:
      return code === "INVALID_CLICK_ID"
        ? "The service knows no such click. The customer was served all the same; nobody earns a commission."
        : `Not recorded by ${service}: ${code ?? outcome}. The customer was served all the same.`;
  }
}

function waitingInWords({ service, deliveries, status, againInSeconds }: Entry, thing: string): string {
  if (deliveries === 0) return `The ${thing} is in the shop’s queue.`;
  const answer = status === null ? "gave no answer" : `answered ${status}`;
  const times = deliveries === 1 ? "once" : `${deliveries} times`;
  return `${service} ${answer}. The ${thing} waits in the shop’s queue, tried ${times}, again in ${againInSeconds} s.`;
}

const NOTHING = html`<span class="quiet" aria-label="none">–</span>`;

const LEGEND = html`<p class="quiet">Every report ends with one of five outcomes. Until then a sale is <span class="chip queued">queued</span>, and a sign-up
  <span class="chip pending">pending</span>.</p>
  <dl class="legend">
    <dt><span class="chip recorded">recorded</span></dt><dd>It is on the books.</dd>
    <dt><span class="chip duplicate">duplicate</span></dt><dd>This invoice was on the books already. A success.</dd>
    <dt><span class="chip unattributed">unattributed</span></dt>
    <dd>The service took it, but no partner’s link is behind the click.</dd>
    <dt><span class="chip skipped">skipped</span></dt><dd>No click ID: an organic customer. Nothing was sent.</dd>
    <dt><span class="chip failed">failed</span></dt><dd>It was not recorded, or nobody knows. The error says why.</dd>
  </dl>`;
