// Next.js behind a shared cache: a click is kept on a prerendered page, and no visitor gets another's cookie.
//
// Next.js sends a prerendered page with `Cache-Control: s-maxage=31536000`, whatever its middleware (since 16 its proxy) says, and
// with the middleware's cookies. One path has the cookie set so, to show the leak; the other has `captureClick`, which redirects.
// nginx is in front, as a cache that does not look at cookies.

import { withNginx } from "../../../attribution/caches/nginx.mjs";
import { versionOf } from "../groups.mjs";
import { application } from "./next.mjs";

const [VISITORS, LINKS] = [200, 10];

const middleware = (name) => `
import { NextResponse } from "next/server";
import { captureClick, clickCookie } from "refport-edge/capture";

function bare(request) {
  const response = NextResponse.next();
  const cookie = clickCookie(request);
  if (cookie) response.cookies.set(cookie.name, cookie.value, cookie.attributes);
  return response;
}

export const ${name} = (request) =>
  request.nextUrl.pathname === "/bare" ? bare(request) : captureClick(request, NextResponse.next());

export const config = { matcher: ["/", "/bare"] };
`;
const PAGE = "export default () => <h1>everybody's page</h1>;\n";

/** What visitors of links get at a path: cookies that came out of the cache, and visitors who got a cookie of their own and the page. */
async function visit(address, path) {
  const found = { leaks: 0, kept: 0, shared: 0 };
  for (let visitor = 0; visitor < VISITORS; visitor++) {
    const id = `link_${visitor % LINKS}`;
    const response = await ask(`${address}${path}?refp_id=${id}&a=1`);
    const cookies = response.headers.getSetCookie();
    const isCached = response.headers.get("x-cache") === "HIT";
    if (isCached && cookies.length > 0) found.leaks++;
    const isOwn = !isCached && cookies.length === 1 && cookies[0].startsWith(`refp_id=${id};`);
    const location = response.headers.get("location");
    const page = location ? await ask(new URL(location, address).href, { cookie: `refp_id=${id}` }) : response;
    const text = await page.text();
    if (location && page.headers.get("x-cache") === "HIT") found.shared++;
    if (isOwn && page.status === 200 && isAt(page, address, path) && text.includes("page</h1>")) found.kept++;
  }
  return found;
}

/** The server knows itself as localhost; a visitor must not be sent there. */
const isAt = ({ url }, address, path) => new URL(url).origin === address && new URL(url).pathname === path;

const ask = (url, headers = {}) =>
  fetch(url, { headers: { ...headers, "sec-fetch-dest": "document" }, redirect: "manual", signal: AbortSignal.timeout(60_000) });

function failuresOf(ours, bare) {
  const told = (found) => JSON.stringify(found);
  return [
    ours.leaks > 0 || ours.kept < VISITORS ? `captureClick: ${told(ours)} of ${VISITORS} visitors` : "",
    ours.shared < VISITORS / 2 ? `the cache did not keep the page: ${told(ours)}` : "",
    bare.leaks === 0 ? `the cookie alone does not leak, so that this proves nothing: ${told(bare)}` : "",
  ].filter(Boolean);
}

const capture = (group, middlewareName) => ({
  name: `${group}-capture`,
  title: "Next.js",
  what: "clicks kept behind a shared cache",
  version: versionOf(group, "next"),
  group,
  atRoot: true,
  isCounted: true,
  rows: { [`${group}-capture`]: `a click is kept on a prerendered page, and none leaks out of a shared cache (${middlewareName})` },
  async run(kit) {
    await Promise.all(["build", "app", "middleware.js", "proxy.js"].map((path) => kit.remove(path)));
    await kit.write({
      ...application({ distDir: "build" }, []), "app/page.jsx": PAGE, "app/bare/page.jsx": PAGE,
      [`${middlewareName}.js`]: middleware(middlewareName),
    });
    const bin = await kit.bin("next");
    await kit.node([bin, "build"]);
    const server = await kit.start((port) => [bin, "start", "--hostname=127.0.0.1", `--port=${port}`]);
    await kit.row(`${group}-capture`, () =>
      withNginx(server.url, { shop: { key: "$uri$is_args$args" } }, async ({ shop }) => {
        const [ours, bare] = [await visit(shop, "/"), await visit(shop, "/bare")];
        console.log(`${group}: captureClick ${JSON.stringify(ours)}, the cookie alone ${JSON.stringify(bare)}`);
        return { failures: failuresOf(ours, bare) };
      }));
  },
});

export const nextCapture = [capture("next-15", "middleware"), capture("next-16", "proxy")];
