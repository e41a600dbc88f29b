// The name of the page's host: does it lead to another site?
//
// Safari caps the cookies of a host whose name is an alias (CNAME) of a host of another site: to seven days.

import { Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import { check } from "./runtime.js";

const MOST_ALIASES = 8;

/** A resolver that asks the name server of the options, or the machine's. */
export function resolverOf({ dns }) {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  if (dns) resolver.setServers([dns]);
  return resolver;
}

export async function examineNames(hostname, options) {
  if (isIP(hostname.replace(/^\[|\]$/g, "")) || hostname === "localhost" || hostname.endsWith(".localhost")) {
    return [check("alias", "skip", "an address or localhost has no alias")];
  }
  const { chain, problem } = await chainOf(hostname, resolverOf(options));
  if (problem) return [check("alias", "warn", `the name server says ${problem}`)];
  if (chain.length === 0) return [check("alias", "ok", "the host's name is no alias")];
  const text = `${[hostname, ...chain].join(" → ")}`;
  const foreign = chain.find((name) => siteOf(name) !== siteOf(hostname));
  if (!foreign) return [check("alias", "ok", `${text}: all of one site`)];
  const advice = "Safari may end its cookies after 7 days: use an A record where the host offers one, and renew the cookie at each visit";
  return [check("alias", "warn", `${text}: another site`, advice)];
}

async function chainOf(hostname, resolver) {
  const chain = [];
  let name = hostname;
  while (chain.length < MOST_ALIASES) {
    try {
      [name] = await resolver.resolveCname(name);
      if (name === undefined) return { chain };
      chain.push(name);
    } catch ({ code }) {
      // Beyond the last alias there is none, or nothing that this server knows.
      return chain.length > 0 || code === "ENODATA" ? { chain } : { problem: code ?? "nothing" };
    }
  }
  return { chain };
}

/** `shop.example.co.uk` is of `example.co.uk`: short words before a country count as part of its ending. */
function siteOf(hostname) {
  const labels = hostname.toLowerCase().replace(/\.$/, "").split(".");
  const [second = "", last = ""] = labels.slice(-2);
  return labels.slice(last.length === 2 && second.length <= 3 ? -3 : -2).join(".");
}
