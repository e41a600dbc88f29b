// What the visitor can do, in the order of a real journey: arrive, sign up, check out, and check out once more.
// In: the visitor, the click ID and session their browser holds, the last reports. Out: three steps with their links and
// buttons, and beside each what became of it.
// Not its job: doing it (shop.ts, play.ts).

import type { Visitor } from "../books.ts";
import type { Entry } from "../entry.ts";
import { PRODUCT } from "../product.ts";
import { html, type Html } from "./html.ts";
import { renderOutcomes } from "./log.ts";
import { money } from "./money.ts";

export function renderJourney(
  visitor: Visitor,
  clickId: string | null,
  sessionId: string | null,
  entries: Entry[],
): Html {
  const own = entries.filter(({ customerId }) => customerId === visitor.customerId);
  return html`<ol class="steps">
    <li>
      <h3>Arrive</h3>
      ${renderArrival(clickId, sessionId)}
      <nav class="ways" aria-label="Arrive as a new visitor">
        <a class="button" href="/as-new-visitor?arrives=link">Arrive through a partner’s link</a>
        <a class="button" href="/as-new-visitor?arrives=campaign">Arrive through a RefCampaign link</a>
        <a class="button plain" href="/as-new-visitor?arrives=alone">Arrive without one</a>
        <a class="button plain" href="/as-new-visitor?arrives=forged">Arrive with a made-up click ID</a>
      </nav>
    </li>
    <li id="sign-up"${visitor.signedUp ? DONE : null}>
      <h3>Sign up</h3>
      ${visitor.signedUp ? html`<p class="state">Signed up as <b>${visitor.name}</b>.</p>` : SIGN_UP}
      ${renderOutcomes("sign-up", own.filter(({ event }) => event === "Sign Up").slice(0, 1))}
    </li>
    <li id="check-out"${visitor.ordered ? DONE : null}>
      <h3>Check out</h3>
      ${visitor.ordered ? renderOrdered(visitor) : BUY}
      ${renderOutcomes("check-out", latestOfEach(own.filter(({ invoiceId }) => invoiceId === visitor.invoiceId)))}
    </li>
  </ol>`;
}

// Who came through links of both services holds both.
function renderArrival(clickId: string | null, sessionId: string | null): Html {
  const click = clickId === null ? null : html`You hold the click ID <code>${clickId}</code>. `;
  const session = sessionId === null ? null : html`You hold the RefCampaign session <code>${sessionId}</code>.`;
  const organic = click || session ? null : html`You hold no click ID and no session: an organic visitor.`;
  return html`<p class="state">${click}${session}${organic}</p>`;
}

function renderOrdered(visitor: Visitor): Html {
  return html`<p class="state">Ordered, invoice <code>${visitor.invoiceId}</code>.</p>
      <div class="ways">
        <form method="post" action="/checkout"><button class="button plain">Send the same checkout again</button></form>
        <form method="post" action="/checkout-another"><button class="button plain">Buy another</button></form>
      </div>`;
}

// The newest of each service. They come the latest first.
function latestOfEach(entries: Entry[]): Entry[] {
  return entries.filter(({ service }, place) => entries.findIndex((other) => other.service === service) === place);
}

const DONE = html` class="done"`;

const SIGN_UP = html`<form class="fields" method="post" action="/sign-up">
        <label>Name <input name="name" value="Robin" maxlength="100" autocomplete="off"></label>
        <label>E-mail <input name="email" type="email" value="robin@example.com" maxlength="100" autocomplete="off"></label>
        <button class="button">Sign up</button>
      </form>`;

const BUY = html`<form class="product" method="post" action="/checkout">
        <p><b>${PRODUCT.name}</b><span>${money(PRODUCT.amount, PRODUCT.currency)}</span></p>
        <button class="button">Buy it</button>
      </form>`;
