// A visit, as a browser makes it: its headers, its redirects. `fetch` would add headers of its own.

import http from "node:http";
import https from "node:https";
import { resolverOf } from "./names.js";

const HEADERS = {
  accept: "text/html,application/xhtml+xml",
  "accept-language": "en",
  "sec-fetch-dest": "document",
  "sec-fetch-mode": "navigate",
  "sec-fetch-site": "cross-site",
  "upgrade-insecure-requests": "1",
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
};
const MOST_REDIRECTS = 5;
const MOST_BYTES = 200_000;
const TIMEOUT_MS = 15_000;

/** `{ answers }`, one for each redirect and the last; or `{ problem }`. Cookies are carried along. */
export async function visit(url, options) {
  const answers = [];
  const jar = new Map();
  try {
    while (answers.length <= MOST_REDIRECTS) {
      const answer = await get(url, jar, options);
      answers.push(answer);
      for (const line of answer.setCookies) jar.set(line.slice(0, line.indexOf("=")), line.split(";")[0]);
      const { location } = answer.headers;
      if (answer.status < 300 || answer.status >= 400 || !location) return { answers };
      url = new URL(location, url);
      if (!/^https?:$/.test(url.protocol)) return { answers };
    }
    return { problem: `it redirects more than ${MOST_REDIRECTS} times` };
  } catch (error) {
    return { problem: `no answer: ${error.code ?? error.message}` };
  }
}

function get(url, jar, options) {
  const headers = jar.size > 0 ? { ...HEADERS, cookie: [...jar.values()].join("; ") } : HEADERS;
  const { request } = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const asking = request(url, { headers, ...lookupOf(options) }, (response) => {
      let body = "";
      const done = () => resolve({
        url, status: response.statusCode, headers: response.headers, setCookies: response.headers["set-cookie"] ?? [], body,
      });
      response.setEncoding("utf8");
      response.on("data", (piece) => {
        body += piece;
        if (body.length > MOST_BYTES) done(), response.destroy();
      });
      response.on("end", done).on("error", reject);
    });
    // For all of it: a page that comes byte by byte is never idle.
    const timer = setTimeout(() => asking.destroy(Object.assign(new Error("timeout"), { code: "TIMEOUT" })), TIMEOUT_MS);
    asking.on("error", reject).on("close", () => clearTimeout(timer)).end();
  });
}

/** The name server of the options is asked for the page's address too. */
function lookupOf({ dns }) {
  if (!dns) return {};
  const resolver = resolverOf({ dns });
  return {
    lookup: (hostname, { all }, answer) =>
      resolver.resolve4(hostname).then(
        ([address]) => (all ? answer(null, [{ address, family: 4 }]) : answer(null, address, 4)),
        (error) => answer(error),
      ),
  };
}
