// The fake Refport service: a model of the documented API for the demo and the tests, in a Worker of its own.
// In: a request to the API, to a partner's link, or to the control endpoints. Out: the answer of the room it belongs to.
// Not its job: anything else; each room has its own file.

import { answerApi } from "../../fake-common/api.ts";
import { answerControl, CONTROL } from "../../fake-common/control.ts";
import { decide } from "./api.ts";
import { DIRECTIONS } from "./control.ts";
import type { Ledger } from "./ledger.ts";

export { Ledger } from "./ledger.ts";

type Env = { LEDGER: DurableObjectNamespace<Ledger>; API_KEY: string };

const PARTNER_LINK = /^\/r\/([^/]+)$/;

export default {
  async fetch(request, env): Promise<Response> {
    const ledger = env.LEDGER.getByName("ledger");
    const { pathname } = new URL(request.url);
    if (pathname.startsWith(CONTROL)) return answerControl(request, ledger, DIRECTIONS);
    const link = request.method === "GET" ? PARTNER_LINK.exec(pathname) : null;
    if (link?.[1]) return followLink(request, ledger, link[1]);
    return answerApi(request, ledger, (asked) => decide(asked, ledger, env.API_KEY));
  },
} satisfies ExportedHandler<Env>;

// What a partner's short link does: note the click, send the visitor on with its ID.
async function followLink(request: Request, ledger: DurableObjectStub<Ledger>, key: string): Promise<Response> {
  const click = await ledger.click(key);
  if (click === null) return new Response("No such link\n", { status: 404 });
  const landing = new URL(click.url, request.url);
  landing.searchParams.set("refp_id", click.clickId);
  return new Response(null, { status: 302, headers: { location: landing.href, "cache-control": "no-store" } });
}
