// The fake RefCampaign service: a model of the documented API for the demo and the tests, in a Worker of its own.
// In: a request to the API, to an affiliate's link, or to the control endpoints. Out: the answer of its room.
// Not its job: anything else; each room has its own file.

import { answerApi } from "../../fake-common/api.ts";
import { answerControl, CONTROL } from "../../fake-common/control.ts";
import { decide } from "./api.ts";
import { DIRECTIONS } from "./control.ts";
import type { Ledger } from "./ledger.ts";

export { Ledger } from "./ledger.ts";

type Env = { LEDGER: DurableObjectNamespace<Ledger>; API_KEY: string };

const AFFILIATE_LINK = /^\/r\/([^/]+)$/;

export default {
  async fetch(request, env): Promise<Response> {
    const ledger = env.LEDGER.getByName("ledger");
    const { pathname } = new URL(request.url);
    if (pathname.startsWith(CONTROL)) return answerControl(request, ledger, DIRECTIONS);
    const link = request.method === "GET" ? AFFILIATE_LINK.exec(pathname) : null;
    if (link?.[1]) return followLink(request, ledger, link[1]);
    return answerApi(request, ledger, (asked) => decide(asked, ledger, env.API_KEY));
  },
} satisfies ExportedHandler<Env>;

// What an affiliate's link does (track.refcampaign.com/<code>): note the click, begin a session, send the visitor on
// with its ID. That it also sets the cookie, on its own domain, is left out: no shop ever sees that one.
async function followLink(request: Request, ledger: DurableObjectStub<Ledger>, code: string): Promise<Response> {
  const click = await ledger.click(code);
  if (click === null) return new Response("No such link\n", { status: 404 });
  const landing = new URL(click.url, request.url);
  landing.searchParams.set("_rcid", click.sessionId);
  return new Response(null, { status: 302, headers: { location: landing.href, "cache-control": "no-store" } });
}
