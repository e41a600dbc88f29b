// What a developer came for: the call of a report, the JSON that was sent for it, and the answer.
// In: an entry. Out: an element that unfolds.
// Not its job: leaving the key out; nobody noted it (recorder.ts).

import type { Entry } from "../entry.ts";
import type { Exchange } from "../recorder.ts";
import { html, type Html } from "./html.ts";

export function renderUnfold({ id, call, exchanges, attempts, outcome }: Entry): Html {
  const earlier = attempts - exchanges.length;
  return html`<details id="report-${id}">
      <summary>Call and JSON</summary>
      <p class="quiet">The shop’s call</p>
      <pre data-call>${call}</pre>
      ${earlier > 0 && html`<p class="quiet">${earlier} earlier ${earlier === 1 ? "request" : "requests"}, not kept</p>`}
      ${exchanges.map(renderExchange)}
      ${exchanges.length === 0 && html`<p class="quiet">Nothing was sent${outcome === "queued" && html` yet`}.</p>`}
    </details>`;
}

function renderExchange({ method, url, body, status, answer }: Exchange): Html {
  return html`<p class="quiet">Sent: ${method} ${url}</p>
      <pre data-sent>${pretty(body)}</pre>
      <p class="quiet">${status === null ? "No answer" : `Answered: ${status}`}</p>
      ${answer !== "" && html`<pre>${pretty(answer)}</pre>`}`;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text; // as a gateway's error page
  }
}
