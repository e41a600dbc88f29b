// Whether a cookie can belong to a domain.
//
// In: the option `domain`. Out: the domain as the attribute has it, or undefined where browsers would refuse the cookie.
// Not its job: knowing every public suffix. The browser does; these are the ones that people come upon.

/** Names of a country's own second level, and the countries that have them. */
const SECOND_LEVELS = {
  co: "ao at bw ck cr hu id il im in it je jp ke kr ls ma mz na nz om rs rw sz th tj tz ug uk us uz ve vi za zm zw",
  com: "ae af ag ai ar au az ba bb bd bh bn bo br by bz cn co cu cy dm do ec ee eg es et fj fr ge gh gi gr gt hk hn hr ht io jm jo kg kh kw ky kz lb lc lk lr lv ly mk ml mm mo mt mu mv mw mx my na nf ng ni np om pa pe pg ph pk pl pr ps pt py qa re ro ru sa sb sc sd se sg sh sl sn so st sv sy th tj tm tn tr tt tw ua ug uy uz vc ve vi vn ye za zm",
  net: "ar au br cn hk id il in mx my nz pk ph pl sg th tr tw ua uk vn za",
  org: "ar au br cn hk il in mx my nz pk ph pl sg tr tw ua uk vn za",
  gov: "ar au br cn hk il in my ph pl sg tr tw ua uk vn za",
  edu: "ar au br cn hk in mx my pk ph pl sg tr tw ua vn",
  ac: "at cn cr id il in ir jp ke kr nz th tz ug uk za",
  or: "at jp kr th",
  ne: "jp kr",
  me: "uk",
  ltd: "uk",
  plc: "uk",
};

/** Platforms that give everybody a name of their own below theirs. */
const PLATFORMS =
  "workers.dev pages.dev r2.dev vercel.app now.sh netlify.app netlify.com deno.dev deno.net fly.dev onrender.com railway.app up.railway.app github.io gitlab.io web.app firebaseapp.com run.app a.run.app appspot.com herokuapp.com azurewebsites.net azurestaticapps.net cloudfront.net amplifyapp.com elasticbeanstalk.com on.aws lambda-url.on.aws myshopify.com shopifypreview.com webflow.io wixsite.com bubbleapps.io framer.app lovable.app replit.app repl.co stackblitz.io supabase.co surge.sh glitch.me ngrok.io ngrok.app ngrok-free.app trycloudflare.com uk.com us.com eu.com de.com";

export function usableDomain(domain) {
  const name = domain.replace(/^\./, "").toLowerCase();
  const labels = name.split(".");
  const isHost = labels.length > 1 && labels.every((label) => /^(?!-)[a-z\d_-]{1,63}(?<!-)$/.test(label));
  // The last label of an address is a number.
  if (!isHost || /^(\d+|0x[\da-f]+)$/.test(labels.at(-1)) || labels.at(-1) === "localhost") return undefined;
  return isPublicSuffix(name, labels) ? undefined : name;
}

function isPublicSuffix(name, labels) {
  if (PLATFORMS.split(" ").includes(name)) return true;
  if (labels.length > 2) return false;
  const [second, country] = labels;
  return Object.hasOwn(SECOND_LEVELS, second) && SECOND_LEVELS[second].split(" ").includes(country);
}
