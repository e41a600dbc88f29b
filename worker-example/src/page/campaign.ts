// RefCampaign's books in one line below the picture: its clicks, its conversions, its affiliates' commission.
// In: the service's ledger. Out: three figures.
// Not its job: counting; every figure is the ledger's own.

import type { RefCampaignView } from "refport-edge/testing";
import { html, type Html } from "./html.ts";
import { money } from "./money.ts";

export function renderCampaign({ totals }: RefCampaignView): Html {
  const earned = totals.money.map(({ currency, commission }) => money(commission, currency)).join(" + ");
  return html`<dl class="campaign" aria-label="RefCampaign">
      <div><dt>Clicks</dt><dd data-figure="campaign-clicks">${totals.clicks}</dd></div>
      <div><dt>Conversions</dt><dd data-figure="campaign-conversions">${totals.conversions}</dd></div>
      <div><dt>Commission</dt><dd data-figure="campaign-commission">${earned || money(0, "usd")}</dd></div>
    </dl>`;
}
