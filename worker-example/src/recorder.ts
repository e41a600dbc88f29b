// Notes what goes to a service and what it answers, for the page to unfold. A real shop has no use for it.
// In: how a service is reached. Out: the same, and a list of the exchanges since the last look.
// Not its job: headers. The key is in one, so none is noted.

import type { Transport } from "refport-edge";

export type Exchange = {
  method: string;
  url: string;
  /** The JSON that was sent, as text. */
  body: string;
  /** `null` when nothing was answered. */
  status: number | null;
  answer: string;
};

export class Recorder {
  #exchanges: Exchange[] = [];

  /** A transport that does what the given one does, and notes it. */
  through(transport: Transport | null | undefined): Transport {
    return async (url: string, init: RequestInit) => {
      const exchange: Exchange = { method: init.method ?? "GET", url, body: String(init.body ?? ""), status: null, answer: "" };
      this.#exchanges.push(exchange);
      const response: Response = await send(transport, url, init);
      exchange.status = response.status;
      exchange.answer = await response.clone().text();
      return response;
    };
  }

  /** The exchanges since the last call of this. */
  take(): Exchange[] {
    return this.#exchanges.splice(0);
  }
}

function send(transport: Transport | null | undefined, url: string, init: RequestInit): Promise<Response> {
  if (!transport) return fetch(url, init);
  return typeof transport === "function" ? transport(url, init) : transport.fetch(url, init);
}
