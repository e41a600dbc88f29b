// A Worker that does a contender's job as often as it is told; it is timed from outside.
//
// In: `/lookup?times=N` with a Cookie header as the body, `/sale?times=N`, `/piecemeal?times=N` (the answer's length is not
// told), or `/first`: one sale. Out: what the last call came to, as text.

import { ANSWER, ANSWER_INIT, PIECEMEAL_INIT, buyer, requestWith } from "../job.mjs";

/** What a transport costs at least: it makes a real Response, whose body has to be read. */
export const stub = async () => new Response(ANSWER, ANSWER_INIT);
const piecemeal = async () => new Response(ANSWER, PIECEMEAL_INIT);

export const serve = ({ lookup, seller }) => ({
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    const times = Number(searchParams.get("times"));
    if (pathname === "/lookup") return new Response(lookUp(lookup, requestWith(await request.text()), times));
    const sell = seller(pathname === "/piecemeal" ? piecemeal : stub);
    const from = buyer();
    if (pathname === "/first") return new Response(await sell(from));
    let id = "";
    for (let i = 0; i < times; i++) id = await sell(from);
    return new Response(id);
  },
});

function lookUp(lookup, from, times) {
  let id = "";
  for (let i = 0; i < times; i++) id = lookup(from);
  return String(id);
}
