// A thousand visitors over twenty links, and as many who come by themselves.
//
// In: the address of a cache, with a shop behind it. Out: what each visitor got: counts, and examples of what is wrong.

export const VISITORS = 1_000;
const LINKS = 20;
const TIMEOUT_MS = 60_000;

/**
 * `leaks`: a Set-Cookie, or a page with an ID, that was made for somebody else. `kept`: visitors of a link who got their own
 * cookie. `shared`: visitors without a link whose page came out of the cache. `links` says which ID
 * is in a visitor's link.
 */
export async function visitAll(address, links, headers = {}) {
  const found = { leaks: 0, kept: 0, shared: 0, example: undefined };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  // The visitors of one link come one after the other, those of different links beside one another.
  await Promise.all(Array.from({ length: LINKS }, async (_, link) => {
    for (let visitor = link; visitor < VISITORS; visitor += LINKS) {
      const id = links.idOf(visitor, link);
      await visit(found, `${address}/page-${link}?refp_id=${id}`, visitor, id, { links, headers, signal });
      await visit(found, `${address}/page-${link}`, visitor + VISITORS, "none", { links, headers, signal });
    }
  }));
  return found;
}

async function visit(found, url, visitor, id, { links, headers, signal }) {
  const response = await fetch(url, { headers: { ...headers, "x-visitor": `${visitor}`, "sec-fetch-dest": "document" }, signal });
  const page = await response.text();
  const [, madeFor, shown] = /^visitor (\d+), click (\w+)$/.exec(page) ?? [];
  if (!shown) throw new Error(`the shop answered ${response.status} ${page.slice(0, 200)}`);
  const cookies = response.headers.getSetCookie();
  const isOwnPage = Number(madeFor) === visitor;
  const hasOwnCookie = cookies.length === 1 && cookies[0].startsWith(`refp_id=${id};`);
  // Where visitors share an ID, whose cookie it is shows by whose page it comes with.
  const mayHaveCookie = hasOwnCookie && (isOwnPage || !links.isShared);
  const mayHavePage = shown === "none" || (shown === id && isOwnPage);
  if ((cookies.length > 0 && !mayHaveCookie) || !mayHavePage) {
    found.leaks++;
    found.example ??= `visitor ${visitor} got ${JSON.stringify(page)} and ${JSON.stringify(cookies)}`;
  }
  if (id !== "none" && mayHaveCookie) found.kept++;
  if (id === "none" && !isOwnPage) found.shared++;
}

/** Everybody has a click of their own, as behind a short link. */
export const OWN_CLICK = { idOf: (visitor) => `click_${visitor}`, isShared: false };
/** All visitors of a link have the same URL. */
export const OF_LINK = { idOf: (_, link) => `link_${link}`, isShared: true };

/** Judges a row: `{ name, leaks, kept, shared }` with what has to be so. */
export function judge(rows) {
  let [passed, failed] = [0, 0];
  for (const { name, found, must } of rows) {
    const isRight = must(found);
    if (isRight) passed++;
    else failed++;
    const told = `${found.leaks} leaks, ${found.kept} of ${VISITORS} clicks kept, ${found.shared} pages of ${VISITORS} from the cache`;
    console.log(`${isRight ? "ok  " : "FAIL"} ${name}: ${told}`);
    if (!isRight && found.example) console.log(`       ${found.example}`);
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
