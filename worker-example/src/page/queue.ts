// The queue between the shop and the services: what waits in it, what it gave up, and a switch that takes a service down.
// In: the queue's figures, and which services there are. Out: figures that the page keeps fresh, and a form for each service.
// Not its job: the single reports (log.ts), doing it (play.ts).

import type { DeadLetter } from "refport-edge/outbox";
import type { Backlog } from "../books.ts";
import { html, type Html } from "./html.ts";

export type ServiceState = { name: "Refport" | "RefCampaign"; isDown: boolean };

const UP = html`<b class="recorded" data-state>is up</b>`;
const DOWN = html`<b class="failed" data-state>is down</b>`;
const DOTS = 40;

export function renderQueue(backlog: Backlog, services: ServiceState[]): Html {
  return html`${renderFigures(backlog)}
    <div class="switches">${services.map(renderSwitch)}</div>`;
}

function renderFigures({ waiting, open, dead, letters }: Backlog): Html {
  const dots = Array.from({ length: Math.min(waiting, DOTS) }, () => html`<i></i>`);
  return html`<div class="queue" data-live="queue" data-open="${open}">
      <dl class="campaign" aria-label="The queue">
        <div><dt>Waiting</dt><dd data-figure="waiting">${waiting}</dd></div>
        <div><dt>Dead letters</dt><dd data-figure="dead">${dead}</dd></div>
      </dl>
      <p class="dots" aria-hidden="true">${dots}</p>
      ${letters.map(renderLetter)}
    </div>`;
}

function renderLetter(letter: DeadLetter, place: number): Html {
  const { reason = "too_many_deliveries", maybeRecorded, error, record } = letter;
  const code = error?.code ? html` <code>${error.code}</code>` : null;
  return html`<details id="letter-${record?.id ?? place}">
      <summary>Dead letter: ${record?.event ?? "no record"}, <b>${reason}</b>${code}</summary>
      <p class="quiet">${maybeRecorded ? "It may be on the books: look there first." : "It is not on the books."}</p>
      <pre>${JSON.stringify(letter, null, 2)}</pre>
    </details>`;
}

function renderSwitch({ name, isDown }: ServiceState): Html {
  return html`<form method="post" action="/service" data-service="${name}">
      <input type="hidden" name="service" value="${name}">
      <input type="hidden" name="down" value="${isDown ? "no" : "yes"}">
      <p class="state">${name} ${isDown ? DOWN : UP}</p>
      <button class="button plain">${isDown ? `Bring ${name} back` : `Take ${name} down`}</button>
    </form>`;
}
