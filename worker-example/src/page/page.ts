// The page: the picture on top, the visitor's next step and the service's answers below it.
// In: the facts of this moment. Out: a Response with the whole document; nothing is loaded from anywhere.
// Not its job: finding the facts (shop.ts), the parts (funnel.ts, campaign.ts, journey.ts, queue.ts,
// log.ts), looks (style.ts).

import type { Backlog, Visitor } from "../books.ts";
import type { Entry } from "../entry.ts";
import type { Ledgers } from "../play.ts";
import { renderCampaign } from "./campaign.ts";
import { renderFunnel } from "./funnel.ts";
import { html, Html } from "./html.ts";
import { renderJourney } from "./journey.ts";
import { LIVE } from "./live.ts";
import { renderLatest, renderLog } from "./log.ts";
import { renderQueue, type ServiceState } from "./queue.ts";
import { STYLE } from "./style.ts";

export type Facts = {
  visitor: Visitor;
  /** What a Refport link left with the visitor, and what a RefCampaign link did. */
  clickId: string | null;
  sessionId: string | null;
  ledgers: Ledgers;
  entries: Entry[];
  backlog: Backlog;
  services: ServiceState[];
};

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; connect-src 'self'";

export function renderPage({ visitor, clickId, sessionId, ledgers, entries, backlog, services }: Facts): Response {
  const nonce = crypto.randomUUID();
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Northbound, a demo shop</title>
<link rel="icon" href="data:,">
<style>${new Html(STYLE)}</style>
</head>
<body>
<header class="top">
  <a class="brand" href="/">${COMPASS}<span>Northbound</span></a>
  <p>A demo shop. It runs on this machine only.</p>
</header>
<main>
  <section class="picture" aria-labelledby="picture-title" data-live="picture">
    <h1 id="picture-title">From a partner’s link to a commission</h1>
    ${renderName("Refport")}
    ${ledgers.refport ? renderFunnel(ledgers.refport) : NO_LEDGER}
    ${renderName("RefCampaign")}
    ${ledgers.refcampaign ? renderCampaign(ledgers.refcampaign) : NO_LEDGER}
    ${renderLatest(entries)}
  </section>
  <section aria-labelledby="journey-title">
    <h2 id="journey-title">Be the visitor</h2>
    ${renderJourney(visitor, clickId, sessionId, entries)}
  </section>
  <section aria-labelledby="queue-title">
    <h2 id="queue-title">The shop’s queue</h2>
    ${renderQueue(backlog, services)}
  </section>
  <section aria-labelledby="log-title" data-live="log">
    <h2 id="log-title">What became of each report</h2>
    ${renderLog(entries)}
  </section>
</main>
<script nonce="${nonce}">${new Html(LIVE)}</script>
</body>
</html>`;
  return new Response(page.text, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      // The one script of the page's own, and nothing from elsewhere.
      "content-security-policy": `${POLICY}; script-src 'nonce-${nonce}'`,
    },
  });
}

function renderName(service: string): Html {
  return html`<h2 class="service">${service}</h2>`;
}

const NO_LEDGER = html`<p class="quiet">This service shows no ledger.</p>`;

const COMPASS = html`<svg viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="14"/><path
  d="M21.5 10.5 18 18l-7.5 3.5L14 14z"/></svg>`;
